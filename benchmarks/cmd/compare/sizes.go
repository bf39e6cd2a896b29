package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
)

// ofBinaries is what is measured of a binary; its table is another one.
func ofBinaries() []metric { return []metric{{unit: "binary-B"}, {unit: "zip-B"}} }

// sizes says what each program weighs, and what it weighs more than the first.
func sizes(ctx context.Context, c *comparison) (string, error) {
	binaries, err := c.build(ctx, coldstart.Sized())
	if err != nil {
		return "", err
	}
	var text strings.Builder
	first := binaries[0]
	fmt.Fprintf(&text, "| program | stripped binary | over %s | zip |\n|---|--:|--:|--:|\n", first.Name)
	for _, b := range binaries {
		zip, err := b.Zip()
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&text, "| %s | %s | %s | %s |\n", b.Name, exact(b.Size), exact(b.Size-first.Size), exact(zip))
		if err := c.lines.add("Size", oneWord(b.Name), ofBinaries(), map[string]float64{"binary-B": float64(b.Size), "zip-B": float64(zip)}); err != nil {
			return "", err
		}
	}
	return text.String(), nil
}

// oneWord is a name without spaces, which end a name in the Go benchmark format.
func oneWord(name string) string {
	return strings.NewReplacer(", ", "+", " ", "").Replace(name)
}

// exact groups digits by three: sizes repeat to the byte.
func exact(n int64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s %03d", exact(n/1000), n%1000)
}
