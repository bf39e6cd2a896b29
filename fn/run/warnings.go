//go:build !lambda

package run

import (
	"fmt"
	"io"

	"github.com/anygrain/anygrain/fn"
)

// printWarnings says what is declared in a way that may not be meant.
func printWarnings(to io.Writer, d *fn.Description) {
	for _, warning := range d.Warnings {
		_, _ = fmt.Fprintln(to, "warning: "+warning.String())
	}
}
