package main

import (
	"context"

	"github.com/anygrain/anygrain/benchmarks/internal/steady"
)

// steadyState says what 100,000 requests on each host leave behind. There is
// nothing to compare with.
func steadyState(ctx context.Context, c *comparison) (string, error) {
	u := suite{
		benchmark: "BenchmarkSteady", workloads: []string{""}, rounds: 1, benchtime: "100000x",
		metrics: []metric{{"grown-B", "heap, grown by", size, 0}, {"grown-goroutines", "goroutines, grown by", whole, 0}},
	}
	for _, h := range steady.Hosts() {
		u.contenders = append(u.contenders, h.Name)
	}
	return u.run(ctx, c)
}
