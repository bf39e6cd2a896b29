//go:build !post

package main

import (
	"context"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn"
)

func function() fn.Function {
	return fn.New("things.get", func(_ context.Context, in work.GetInput) (work.GetOutput, error) {
		return work.Get(in), nil
	}, fn.Route("GET /things/{id}"))
}
