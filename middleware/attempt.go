package middleware

import (
	"context"
	"errors"
	"io"
	"sync/atomic"

	"github.com/anygrain/anygrain/fn"
)

// attempt is one run of a function in a goroutine that may be abandoned. The
// two sides agree by state on whose the outcome is; exactly one gets it.
type attempt struct {
	req   *fn.Request // a clone that belongs to the goroutine until it has ended
	reply *fn.Reply
	err   error
	state atomic.Int32
	ended chan struct{} // closed when the outcome is the waiting side's
}

const (
	running int32 = iota
	ended
	abandoned
)

var errGoexit = errors.New("the function ended its goroutine with runtime.Goexit (as testing's FailNow does) and gave no answer")

// supervise runs next with ctx and returns its outcome, or l's failure as soon
// as ctx is done. It calls cancel when the function's context is of no use any more.
func supervise(ctx context.Context, cancel context.CancelFunc, l limit, req *fn.Request, next fn.Invoker) (*fn.Reply, error) {
	a := &attempt{req: req.Clone(), ended: make(chan struct{})}
	req.Go(func() { a.run(fn.WithRequest(ctx, a.req), next) })
	if !a.wait(ctx) {
		cancel()
		return nil, l.failure(ctx, req)
	}
	req.Adopt(a.req)
	if contextual(ctx, a.err) {
		a.err = l.failure(ctx, req).WithCause(a.err)
	}
	releaseWith(cancel, a.reply)
	return a.reply, a.err
}

// run runs the function and hands over the outcome, or disposes of it when
// nobody waits any more.
func (a *attempt) run(ctx context.Context, next fn.Invoker) {
	a.err = errGoexit // stands unless next returns or panics
	defer func() {
		if v := recover(); v != nil {
			a.reply, a.err = nil, fn.Recovered(v)
		}
		if a.state.CompareAndSwap(running, ended) {
			close(a.ended)
			return
		}
		a.dispose()
	}()
	a.reply, a.err = next(ctx, a.req)
}

// wait reports whether the function ended before ctx was done. If not, it is abandoned.
func (a *attempt) wait(ctx context.Context) bool {
	select {
	case <-a.ended:
		return true
	case <-ctx.Done():
	}
	if a.state.CompareAndSwap(running, abandoned) {
		return false
	}
	<-a.ended
	return true
}

// dispose closes a reply that came too late and logs a panic, which nobody
// else would get to see.
func (a *attempt) dispose() {
	defer func() {
		if v := recover(); v != nil {
			a.logPanic(fn.Recovered(v))
		}
	}()
	a.logPanic(a.err)
	if a.reply != nil {
		_ = closeStream(a.reply.Stream)
	}
}

func (a *attempt) logPanic(err error) {
	if _, ok := errors.AsType[*fn.PanicError](err); !ok {
		return
	}
	line := a.req.Logger().Error().Str("function", a.req.Function().Name()).Str("request_id", a.req.ID).Err(err)
	fn.LogStack(line, err).Msg("panic after the timeout")
}

// contextual reports whether err says no more than that ctx is done. An
// *fn.Error is the function's own answer.
func contextual(ctx context.Context, err error) bool {
	if err == nil {
		return false
	}
	_, own := errors.AsType[*fn.Error](err)
	return !own && errors.Is(err, ctx.Err())
}

// releaseWith calls cancel: now, or when the reply's stream, which may still
// need the context, is closed.
func releaseWith(cancel context.CancelFunc, reply *fn.Reply) {
	if reply == nil || reply.Stream == nil {
		cancel()
		return
	}
	reply.Stream = &stream{reply.Stream, cancel}
}

// stream is a reply's stream that releases its context when it is closed.
type stream struct {
	io.Reader
	cancel context.CancelFunc
}

// Close closes the stream, when it can be closed, and releases the context.
func (s *stream) Close() error {
	defer s.cancel()
	return closeStream(s.Reader)
}

func closeStream(r io.Reader) error {
	if c, ok := r.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
