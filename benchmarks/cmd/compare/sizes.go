package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
)

// sizes says what a binary weighs, and what it weighs more than the first.
func sizes(ctx context.Context, c *comparison) (string, error) {
	binaries, err := c.build(ctx, coldstart.Sized())
	if err != nil {
		return "", err
	}
	units := []metric{{"binary-B", "", size}, {"zip-B", "", size}}
	var text strings.Builder
	fmt.Fprintf(&text, "| program | stripped binary | zip | over %s | zip over %s |\n|---|--:|--:|--:|--:|\n", binaries[0].Name, binaries[0].Name)
	for _, b := range binaries {
		fmt.Fprintf(&text, "| %s | %s | %s | %s | %s |\n", b.Name, exact(b.Size), exact(b.Zip), exact(b.Size-binaries[0].Size), exact(b.Zip-binaries[0].Zip))
		name := strings.ReplaceAll(b.Name, ", ", "+")
		if err := c.lines.add("Size", strings.ReplaceAll(name, " ", ""), units, map[string]float64{"binary-B": float64(b.Size), "zip-B": float64(b.Zip)}); err != nil {
			return "", err
		}
	}
	return text.String(), nil
}

// exact groups digits by three: sizes repeat to the byte.
func exact(n int64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s %03d", exact(n/1000), n%1000)
}
