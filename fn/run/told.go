//go:build !lambda

package run

import (
	"fmt"
	"io"

	"github.com/anygrain/anygrain/config/dotenv"
	"github.com/anygrain/anygrain/fn"
)

// tell writes what is no mistake and may not be meant, a line each, for check and dev. Each
// kind has a file of its own.
func tell(to io.Writer, d *fn.Description, file *dotenv.Source) {
	notes, _ := file.Notes() // whoever reads a value says why it cannot be read
	for _, all := range [][]string{notes, untaken(d)} {
		for _, text := range all {
			_, _ = fmt.Fprintln(to, "warning: "+text)
		}
	}
}
