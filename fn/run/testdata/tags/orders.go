//go:build !only || orders

package main

import "github.com/anygrain/anygrain/fn"

func init() {
	app.Add(
		fn.New("orders.get", nothing, fn.Route("GET /orders")),
		fn.New("orders.list", nothing),
	)
}
