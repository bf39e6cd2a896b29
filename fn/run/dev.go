//go:build !lambda

package run

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/anygrain/anygrain/fn/dev"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// runUnits runs every unit of a grain as a Lambda process of its own.
func runUnits(ctx context.Context, app App, f *flags, streams IO) error {
	format, ok := map[string]awsevent.Format{"2.0": awsevent.HTTPAPI, "1.0": awsevent.HTTPAPIv1, "rest": awsevent.REST}[f.format]
	if !ok {
		return usageError{fmt.Errorf("the format %q is none of 2.0, 1.0 and rest", f.format)}
	}
	if f.grain == "" {
		f.grain = "group"
	}
	c, err := newCut(ctx, app, f)
	if err != nil {
		return err
	}
	return dev.Run(ctx, dev.Config{
		App: app.Name(), Package: mainPackage(), Units: c.forDev(),
		Callees: setting(c.app, c.units),
		Addr:    f.addr, Format: format,
		Env: os.Environ(), Out: streams.Out, Color: os.Getenv("NO_COLOR") == "" && isTerminal(streams.Out),
	})
}

func (c *cut) forDev() []dev.Unit {
	units := make([]dev.Unit, len(c.units))
	for i, u := range c.units {
		units[i] = dev.Unit{Name: u.Name, Tags: u.Tags, Handler: u.Handler, Functions: u.Functions}
	}
	return units
}

// isTerminal reports whether somebody looks at it.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
