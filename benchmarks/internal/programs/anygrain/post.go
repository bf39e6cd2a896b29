//go:build post

package main

import (
	"context"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn"
)

func function() fn.Function {
	return fn.New("orders.post", func(_ context.Context, in work.Order) (work.Receipt, error) {
		return work.Post(in), nil
	}, fn.Route("POST /orders"))
}
