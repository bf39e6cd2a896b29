//go:build !only || orders

package main

import (
	"context"

	"github.com/anygrain/anygrain/examples/quickstart/orders"
	"github.com/anygrain/anygrain/fn"
)

func init() { app.Group("orders", newOrders) }

func newOrders(_ context.Context, cfg Config) ([]fn.Function, error) {
	return orders.New(cfg.Currency).Functions(), nil
}
