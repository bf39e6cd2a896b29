package fn

import (
	"context"
	"errors"
	"fmt"
)

// Hook is run when a unit starts or stops.
type Hook func(ctx context.Context) error

type hook struct {
	place *place
	what  string // "start hook", for errors
	run   Hook
}

// hooks are what the constructors of a unit registered.
type hooks struct {
	start, stop []hook
	problems    []Problem // of what was registered
	stopping    *stopSignal
}

type hooksKey struct{}

// OnStart registers a hook that runs before the unit serves, in the order of
// registration: the place to connect and to warm up. It is called in a
// constructor, with the constructor's context. A failing hook stops the start;
// the stop hooks then run.
//
// OnStart panics when ctx is not a constructor's: a hook that silently never
// runs would be worse.
func OnStart(ctx context.Context, run Hook) {
	h := hooksFrom(ctx, "OnStart")
	if run != nil {
		h.start = append(h.start, hook{placeOf(run), "start hook", run})
	}
}

// OnStop registers a hook that runs when the unit has stopped serving, in
// reverse order of registration: the place to close what was opened. It is
// called in a constructor, as OnStart is.
func OnStop(ctx context.Context, run Hook) {
	h := hooksFrom(ctx, "OnStop")
	if run != nil {
		h.stop = append(h.stop, hook{placeOf(run), "stop hook", run})
	}
}

func hooksFrom(ctx context.Context, name string) *hooks {
	h, ok := ctx.Value(hooksKey{}).(*hooks)
	if !ok {
		panic("fn." + name + ": the context is not the one that was passed to a group's constructor")
	}
	return h
}

// runStart runs the start hooks until one fails.
func (h *hooks) runStart(ctx context.Context) error {
	for _, s := range h.start {
		if err := s.run(ctx); err != nil {
			return fmt.Errorf("%s at %s: %w", s.what, s.place, err)
		}
	}
	return nil
}

// runStop runs all stop hooks, the last registered first.
func (h *hooks) runStop(ctx context.Context) error {
	var errs []error
	for i := len(h.stop) - 1; i >= 0; i-- {
		if err := h.stop[i].run(ctx); err != nil {
			errs = append(errs, fmt.Errorf("%s at %s: %w", h.stop[i].what, h.stop[i].place, err))
		}
	}
	return errors.Join(errs...)
}
