//go:build !lambda

package run

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/anygrain/anygrain/fn/dev"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// runUnits runs every unit of a grain as a process of its own.
func runUnits(ctx context.Context, app App, f *flags, streams IO) error {
	format, ok := map[string]awsevent.Format{"v2": awsevent.HTTPAPI, "v1": awsevent.HTTPAPIv1, "rest": awsevent.REST}[f.events]
	if !ok {
		return usageError{fmt.Errorf("the events %q are none of v2, v1 and rest", f.events)}
	}
	if f.grain == "" {
		f.grain = "group"
	}
	c, err := newCut(ctx, app, f)
	if err != nil {
		return err
	}
	ctx, restore := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer restore()
	return dev.Run(ctx, dev.Config{
		App: c.app, Units: c.units, Package: mainPackage(), Addr: f.addr, Events: format,
		Log: streams.Out, Colour: os.Getenv("NO_COLOR") == "" && isTerminal(streams.Out),
	})
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
