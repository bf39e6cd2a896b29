//go:build !lambda

package run

import (
	"fmt"
	"io"

	"github.com/anygrain/anygrain/config/dotenv"
	"github.com/anygrain/anygrain/fn"
)

// printWarnings says, a line each, what is no mistake and may not be meant: in the
// declarations, and in the file .env.
func printWarnings(to io.Writer, d *fn.Description, file *dotenv.Source) {
	for _, warning := range d.Warnings {
		_, _ = fmt.Fprintln(to, "warning: "+warning)
	}
	notes, _ := file.Notes() // whoever reads a value says why it cannot be read
	for _, text := range notes {
		_, _ = fmt.Fprintln(to, "warning: "+text)
	}
}
