package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/gotool"
)

// suite is a Go benchmark of this module: its workloads, and who takes turns.
type suite struct {
	benchmark  string
	workloads  []string // one without a name where there is nothing to choose
	contenders []string
	reference  string // one of them, "" for none
	metrics    []metric
	rounds     int
	benchtime  string
}

// turn is one contender at one workload.
type turn struct{ workload, contender string }

// run gives every contender its turns, and returns a table for each workload.
func (u *suite) run(ctx context.Context, c *comparison) (string, error) {
	if err := c.buildTests(ctx); err != nil {
		return "", err
	}
	sheets := make([]*sheet, len(u.workloads))
	for i, w := range u.workloads {
		sheets[i] = newSheet(w, u.reference, u.contenders, u.metrics)
	}
	err := takeTurns(u.rounds, u.turns(), func(t turn) error {
		values, err := u.take(ctx, c, t)
		sheets[slices.Index(u.workloads, t.workload)].add(t.contender, values)
		return err
	})
	return markdown(sheets), err
}

func (u *suite) turns() []turn {
	var turns []turn
	for _, w := range u.workloads {
		for _, c := range u.contenders {
			turns = append(turns, turn{w, c})
		}
	}
	return turns
}

// take is one turn, in a process of its own. On one processor the work of the
// collector counts as time.
func (u *suite) take(ctx context.Context, c *comparison, t turn) (map[string]float64, error) {
	text, err := gotool.Output(ctx, c.dir, c.tests, "-test.run=^$", "-test.bench="+u.pattern(t), "-test.benchtime="+u.benchtime, "-test.benchmem", "-test.cpu=1")
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(text) {
		if values, ok := read(line); ok {
			return values, c.lines.write(strings.TrimSpace(line))
		}
	}
	return nil, fmt.Errorf("no result of %s in\n%s", u.pattern(t), text)
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
