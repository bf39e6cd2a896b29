package main

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/benchmarks/internal/gotool"
	"github.com/anygrain/anygrain/benchmarks/internal/serving"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// ofServers is what is measured of a server under load.
func ofServers() []metric {
	return []metric{{"req/s", "requests per second", whole, 0}, {"p99-ns", "99 of 100 within", duration, 0}}
}

// macro keeps a server of each contender busy, in a process of its own and on one
// processor; the loader has another.
func macro(ctx context.Context, c *comparison) (string, error) {
	binary := gotool.Path(c.scratch, "server")
	if err := gotool.Build(ctx, binary, "internal/programs/server", gotool.How{}); err != nil {
		return "", err
	}
	loader, err := serving.NewLoader(ctx, c.scratch)
	if err != nil {
		return "", err
	}
	var sheets []*sheet
	for _, name := range []string{"get", "post1k"} {
		w, _ := work.Named(name)
		s := newSheet(name, onHTTP()[0], onHTTP(), ofServers())
		if err := takeTurns(c.rounds, onHTTP(), func(name string) error { return c.serve(ctx, binary, name, loader, w, s) }); err != nil {
			return "", err
		}
		sheets = append(sheets, s)
	}
	return markdown(sheets) + fmt.Sprintf("\nLoaded by %s with %d connections.\n", loader.Name, serving.Connections), nil
}

// serve is one turn: a server that was just started and is right.
func (c *comparison) serve(ctx context.Context, binary, contender string, loader serving.Loader, w work.Request, s *sheet) error {
	server, err := serving.Start(ctx, binary, contender)
	if err != nil {
		return err
	}
	defer server.Stop()
	if err := server.Check(ctx, w); err != nil {
		return fmt.Errorf("%s: %w", contender, err)
	}
	got, err := loader.Load(ctx, server.URL, w, c.duration)
	if err != nil {
		return fmt.Errorf("%s: %w", contender, err)
	}
	values := map[string]float64{"req/s": got.PerSecond, "p99-ns": float64(got.P99)}
	s.add(contender, values)
	return c.lines.add("Serve/"+w.Name, contender, s.metrics, values)
}
