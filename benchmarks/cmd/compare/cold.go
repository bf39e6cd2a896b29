package main

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
)

// ofStarts is what is measured of a cold start.
func ofStarts() []metric {
	return []metric{
		{"next-ns", "exec to first next", duration, 0},
		{"response-ns", "exec to first response", duration, 0},
		{"response-ns", "a quarter of the starts took at most", duration, 1},
		{"response-ns", "three quarters took at most", duration, 3},
		{"cpu-ns", "processor time until then", duration, 0},
		{"rss-B", "resident memory then", size, 0},
		{"peak-B", "resident memory at most", size, 0},
	}
}

// coldStarts starts each program again and again.
func coldStarts(ctx context.Context, c *comparison) (string, error) {
	if err := coldstart.Supported(); err != nil {
		return "", fmt.Errorf("%w: %w", errNotRun, err)
	}
	return c.starting(ctx, "Cold", "", coldstart.Started(), ofStarts())
}

// starting starts the programs in turns; the first is the reference.
func (c *comparison) starting(ctx context.Context, benchmark, corner string, programs []coldstart.Program, metrics []metric) (string, error) {
	binaries, err := c.build(ctx, programs)
	if err != nil {
		return "", err
	}
	var names []string
	for _, b := range binaries {
		names = append(names, b.Name)
	}
	s := newSheet(corner, names[0], names, metrics)
	err = takeTurns(c.starts, binaries, func(b coldstart.Binary) error {
		got, err := b.Start(ctx)
		if err != nil {
			return err
		}
		values := map[string]float64{
			"next-ns": float64(got.Next), "response-ns": float64(got.Response), "cpu-ns": float64(got.CPU),
			"rss-B": float64(got.Memory.Resident), "peak-B": float64(got.Memory.Peak), "binary-B": float64(b.Size),
		}
		s.add(b.Name, values)
		return c.lines.add(benchmark, b.Name, metrics, values)
	})
	return s.markdown(), err
}

func (c *comparison) build(ctx context.Context, programs []coldstart.Program) ([]coldstart.Binary, error) {
	var binaries []coldstart.Binary
	for _, p := range programs {
		b, err := p.Build(ctx, c.scratch)
		if err != nil {
			return nil, err
		}
		binaries = append(binaries, b)
	}
	return binaries, nil
}
