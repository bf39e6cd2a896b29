package fn

import (
	"context"
	"sync"
)

// stopSignal is given once, when the stop begins.
type stopSignal struct {
	once sync.Once
	done chan struct{}
}

func newStopSignal() *stopSignal { return &stopSignal{done: make(chan struct{})} }

func (s *stopSignal) send() { s.once.Do(func() { close(s.done) }) }

type stoppingKey struct{}

// Stopping returns a channel that is closed when the stop begins of what serves
// the request that ctx belongs to: on a server at SIGTERM or SIGINT, elsewhere with Unit.Stop. The context
// goes on, since the request is to be finished. A handler that would not end by
// itself, as one that sends events, ends when the channel is closed:
//
//	select {
//	case event := <-events:
//		…
//	case <-fn.Stopping(ctx):
//		return
//	}
//
// With the context of a constructor it is that of the unit. Outside of both it
// is nil, from which nothing ever comes.
func Stopping(ctx context.Context) <-chan struct{} {
	if host, ok := ctx.Value(stoppingKey{}).(<-chan struct{}); ok {
		return host
	}
	if r := requestOf(ctx); r != nil && r.entry != nil {
		return r.entry.unit.stopping.done
	}
	if h, ok := ctx.Value(hooksKey{}).(*hooks); ok {
		return h.stopping.done
	}
	return nil
}

// WithStopping returns a context in which Stopping finds the channel: for
// hosts, and for programs with an http.Server of their own, as its BaseContext.
func WithStopping(ctx context.Context, stopping <-chan struct{}) context.Context {
	return context.WithValue(ctx, stoppingKey{}, stopping)
}
