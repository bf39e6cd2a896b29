package fn

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"
)

// Open opens something when the unit starts and closes it when it stops: a client, a pool, a file.
// It is called in a constructor, with the constructor's context, so that describing an app, which
// runs constructors too, opens nothing.
//
//	store := fn.Open(ctx, func(ctx context.Context) (*sql.DB, error) { return connect(ctx, own.StoreURL) }, (*sql.DB).Close)
//
// What is opened is opened in the order of registration, among the hooks of OnStart, and closed in
// reverse, among those of OnStop. An error of open fails the start, and what has been opened is
// closed. With a nil close there is nothing to do at the stop.
func Open[T any](ctx context.Context, open func(ctx context.Context) (T, error), close func(T) error) *Opened[T] {
	o := &Opened[T]{place: placeOf(open)}
	h, ok := ctx.Value(hooksKey{}).(*hooks)
	switch {
	case !ok:
		o.stray = true
	case open == nil:
		h.problems = append(h.problems, Problem{Place: o.place.String(), Message: fmt.Sprintf("Open: the function that opens is nil; pass a func(context.Context) (%v, error)", reflect.TypeFor[T]())})
	default:
		h.start = append(h.start, hook{o.place, "what is opened", o.open(open)})
		if close != nil {
			h.stop = append(h.stop, hook{o.place, "what was opened", o.close(close)})
		}
	}
	return o
}

// Opened is what Open opens: there from the start of the unit until its stop.
type Opened[T any] struct {
	place  *place
	stray  bool // the context was not a constructor's
	value  atomic.Pointer[T]
	closed atomic.Bool
}

// Get returns what was opened. The error says why there is none: the unit has not started, or has
// stopped, or Open was called elsewhere than in a constructor.
func (o *Opened[T]) Get() (T, error) {
	if o != nil {
		if value := o.value.Load(); value != nil {
			return *value, nil
		}
	}
	return *new(T), o.missing()
}

// missing says why nothing is open.
func (o *Opened[T]) missing() error {
	switch {
	case o == nil || o.place == nil:
		return errors.New("fn.Opened: nothing is open in a nil or zero Opened; make it by fn.Open in a group's constructor")
	case o.stray:
		return fmt.Errorf("fn.Open at %s: nothing opens it, because the context was not the one that is passed to a group's constructor", o.place)
	case o.closed.Load():
		return fmt.Errorf("fn.Open at %s: the unit has stopped, and this is closed", o.place)
	}
	return fmt.Errorf("fn.Open at %s: this is not open yet; the unit opens it at its start, so use it in functions and in start hooks that are registered later, not in the constructor", o.place)
}

// open is the start hook.
func (o *Opened[T]) open(open func(context.Context) (T, error)) Hook {
	return func(ctx context.Context) error {
		value, err := open(ctx)
		if err == nil {
			o.value.Store(&value)
		}
		return err
	}
}

// close is the stop hook. What never opened is not closed.
func (o *Opened[T]) close(close func(T) error) Hook {
	return func(context.Context) error {
		value := o.value.Swap(nil)
		if value == nil {
			return nil
		}
		o.closed.Store(true)
		return close(*value)
	}
}
