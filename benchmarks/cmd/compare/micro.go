package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/calling"
	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
	"github.com/anygrain/anygrain/benchmarks/internal/contender"
	"github.com/anygrain/anygrain/benchmarks/internal/frontdoor"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// perOp is what is measured of every benchmark.
func perOp() []metric {
	return []metric{{"ns/op", "time", duration, 0}, {"B/op", "allocated", size, 0}, {"allocs/op", "allocations", whole, 0}}
}

// timed is a suite whose reference is the first contender.
func (c *comparison) timed(benchmark string, workloads, contenders []string) *suite {
	return &suite{benchmark, workloads, contenders, contenders[0], perOp(), c.rounds, c.benchtime.String()}
}

func overHTTP(ctx context.Context, c *comparison) (string, error) {
	return c.timed("BenchmarkHTTP", workloads(), onHTTP()).run(ctx, c)
}

func manyRoutes(ctx context.Context, c *comparison) (string, error) {
	return c.timed("BenchmarkRoutes", []string{"10", "50", "500"}, onHTTP()[:2]).run(ctx, c)
}

// onLambda has tables for each front door: not all contenders are behind all.
func onLambda(ctx context.Context, c *comparison) (string, error) {
	var b strings.Builder
	for _, format := range frontdoor.Formats() {
		var names, paths []string
		for _, l := range contender.OnLambda(format) {
			names = append(names, l.Name)
		}
		for _, w := range workloads() {
			paths = append(paths, string(format)+"/"+w)
		}
		text, err := c.timed("BenchmarkLambda", paths, names).run(ctx, c)
		if err != nil {
			return "", err
		}
		b.WriteString(text + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

func calls(ctx context.Context, c *comparison) (string, error) {
	var names []string
	for _, w := range calling.Ways() {
		names = append(names, w.Name)
	}
	return c.timed("BenchmarkCalls", []string{""}, names).run(ctx, c)
}

// throughRuntime tells what a program adds to the round trip of the client.
func throughRuntime(ctx context.Context, c *comparison) (string, error) {
	if err := coldstart.Supported(); err != nil {
		return "", fmt.Errorf("%w: %w", errNotRun, err)
	}
	var names []string
	for _, p := range coldstart.Served("get") {
		names = append(names, p.Name)
	}
	s := c.timed("BenchmarkRuntime", []string{"get", "post1k"}, names)
	s.metrics = []metric{
		{"ns/op", "time", duration, 0},
		{"added-ns/op", "time added", duration, 0},
		{"cpu-ns/op", "processor time", duration, 0},
		{"added-cpu-ns/op", "processor time added", duration, 0},
	}
	return s.run(ctx, c)
}

func workloads() []string {
	var names []string
	for _, w := range work.Requests() {
		names = append(names, w.Name)
	}
	return names
}

func onHTTP() []string {
	var names []string
	for _, c := range contender.OverHTTP() {
		names = append(names, c.Name)
	}
	return names
}
