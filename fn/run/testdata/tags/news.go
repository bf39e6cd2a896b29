//go:build !only || news

package main

import "github.com/anygrain/anygrain/fn/run/testdata/tags/news"

func init() { news.Register(app) }
