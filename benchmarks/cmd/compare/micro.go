package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/contender"
	"github.com/anygrain/anygrain/benchmarks/internal/series"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// suite is a Go benchmark: which workloads, and whose turns.
type suite struct {
	benchmark  string
	workloads  []string
	contenders []string
}

func overHTTP(ctx context.Context, s *settings) (string, error) {
	u := suite{benchmark: "BenchmarkHTTP"}
	for _, w := range work.Requests() {
		u.workloads = append(u.workloads, w.Name)
	}
	for _, c := range contender.OverHTTP() {
		u.contenders = append(u.contenders, c.Name)
	}
	return u.run(ctx, s)
}

func manyRoutes(ctx context.Context, s *settings) (string, error) {
	u := suite{"BenchmarkRoutes", []string{"10", "50", "500"}, []string{"byhand", "anygrain"}}
	return u.run(ctx, s)
}

func onLambda(ctx context.Context, s *settings) (string, error) {
	var all strings.Builder
	for _, format := range []awsevent.Format{awsevent.HTTPAPI, awsevent.REST, awsevent.ALBMulti} {
		u := suite{benchmark: "BenchmarkLambda"}
		for _, w := range work.Requests() {
			u.workloads = append(u.workloads, string(format)+"/"+w.Name)
		}
		for _, c := range contender.OnLambda(format) {
			u.contenders = append(u.contenders, c.Name)
		}
		text, err := u.run(ctx, s)
		if err != nil {
			return "", err
		}
		all.WriteString(text + "\n")
	}
	return all.String(), nil
}

func calls(ctx context.Context, s *settings) (string, error) {
	u := suite{"BenchmarkCalls", []string{""}, []string{"bare", "local", "lambda", "http"}}
	return u.run(ctx, s)
}

// turn is one contender at one workload.
type turn struct{ workload, contender string }

// run gives every contender its turns, and returns the tables of time and allocations.
func (u *suite) run(ctx context.Context, s *settings) (string, error) {
	binary := filepath.Join(s.scratch, "benchmarks.test")
	if _, err := os.Stat(binary); err != nil {
		if _, err := output(ctx, s.dir, nil, "go", "test", "-c", "-o", binary, "."); err != nil {
			return "", err
		}
	}
	var turns []turn
	for _, w := range u.workloads {
		for _, c := range u.contenders {
			turns = append(turns, turn{w, c})
		}
	}
	times, allocations := &series.Table{Reference: u.contenders[0]}, &series.Table{Reference: u.contenders[0]}
	for range s.rounds {
		rand.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
		for _, t := range turns {
			text, err := output(ctx, s.dir, nil, binary, "-test.run", "^$", "-test.bench", u.pattern(t), "-test.benchmem", "-test.benchtime", s.benchtime.String())
			if err != nil {
				return "", err
			}
			if err := s.keep(text); err != nil {
				return "", err
			}
			m := result.FindStringSubmatch(text)
			if m == nil {
				return "", fmt.Errorf("no result of %s in:\n%s", u.pattern(t), text)
			}
			times.Add(t.workload, t.contender, number(m[1]))
			allocations.Add(t.workload, t.contender, number(m[2]))
		}
	}
	times.Order(u.workloads, u.contenders)
	allocations.Order(u.workloads, u.contenders)
	return times.Markdown("time", duration) + "\n" + allocations.Markdown("allocations", whole), nil
}

// pattern names one benchmark alone.
func (u *suite) pattern(t turn) string {
	names := []string{u.benchmark}
	if t.workload != "" {
		names = append(names, strings.Split(t.workload, "/")...)
	}
	names = append(names, "contender="+t.contender)
	for i, name := range names {
		names[i] = "^" + regexp.QuoteMeta(name) + "$"
	}
	return strings.Join(names, "/")
}

var result = regexp.MustCompile(`(?m)^Benchmark.*?([0-9.]+) ns/op.*?([0-9]+) allocs/op$`)

func number(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return n
}

func duration(ns float64) string {
	switch {
	case ns < 1e3:
		return fmt.Sprintf("%.3g ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.3g µs", ns/1e3)
	}
	return fmt.Sprintf("%.3g ms", ns/1e6)
}

func whole(n float64) string { return fmt.Sprintf("%.0f", n) }

// keep appends the output of a benchmark to the file for benchstat.
func (s *settings) keep(text string) error {
	if s.raw == "" {
		return nil
	}
	f, err := os.OpenFile(s.raw, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// steadyState runs the test, which says by itself what has grown.
func steadyState(ctx context.Context, s *settings) (string, error) {
	if _, err := output(ctx, s.dir, nil, "go", "test", "-count=1", "-run", "SteadyState", "."); err != nil {
		return "", err
	}
	return "100,000 requests on each host: no goroutine more, and no more memory than before, within 256 KiB.\n", nil
}
