package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
)

// numbers of functions whose starts are compared.
var numbers = []int{2, 50, 200, 500}

// startsOfMany starts services of more and more functions, asked with and without the
// name of a route.
func startsOfMany(ctx context.Context, c *comparison) (string, error) {
	if err := coldstart.Supported(); err != nil {
		return "", fmt.Errorf("%w: %w", errNotRun, err)
	}
	var text strings.Builder
	for _, n := range numbers {
		for _, named := range []bool{true, false} {
			table, err := startsOf(ctx, c, n, named)
			if err != nil {
				return "", err
			}
			text.WriteString(table + "\n")
		}
	}
	return text.String(), nil
}

func startsOf(ctx context.Context, c *comparison, n int, named bool) (string, error) {
	title := fmt.Sprintf("%d functions", n)
	if !named {
		title += ", `$default`"
	}
	metrics := append(ofStarts(), metric{"binary-B", "stripped binary", size, 0})
	return c.starting(ctx, fmt.Sprintf("Start%d", n), title, coldstart.Many(n, named), metrics)
}
