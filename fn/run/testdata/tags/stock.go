//go:build !only || stock

package main

import "github.com/anygrain/anygrain/fn/run/testdata/tags/stock"

func init() { app.Add(stock.Functions()...) }
