package fn

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"
)

// timedRun is one run of a function in a goroutine that may be abandoned. The
// two sides agree by state on whose the outcome is; exactly one gets it.
type timedRun struct {
	timedContext
	limit runningLimit
	req   *Request // a clone that belongs to the goroutine until it has ended
	reply *Reply
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

// supervise runs next with a context of its own and returns its outcome, or l's failure as soon
// as its time is up. The context ends when it is of no use any more.
func supervise(parent context.Context, l runningLimit, req *Request, next Invoker) (*Reply, error) {
	a := &timedRun{limit: l, req: req.clone(), ended: make(chan struct{})}
	ctx := &a.timedContext
	ctx.start(parent, l.ownEnd(), l.Deadline)
	req.Go(func() { a.run(WithRequest(ctx, a.req), next) })
	if !a.wait(ctx) {
		failure := l.endedError(ctx, req)
		ctx.cancel()
		return nil, failure
	}
	if a.tooLate(ctx) {
		a.dispose()
		ctx.cancel()
		return nil, l.endedError(ctx, req)
	}
	req.adopt(a.req)
	if isContextError(ctx, a.err) {
		a.err = l.endedError(ctx, req)
	}
	if hasStream(a.reply) {
		a.reply.Stream = &timedStream{a.reply.Stream, ctx}
	} else {
		ctx.cancel()
	}
	return a.reply, a.err
}

// run runs the function and hands over the outcome, or disposes of it when
// nobody waits any more.
func (a *timedRun) run(ctx context.Context, next Invoker) {
	a.err = errGoexit // stands unless next returns or panics
	defer func() {
		if v := recover(); v != nil {
			a.reply, a.err = nil, Recovered(v)
		}
		if a.state.CompareAndSwap(running, ended) {
			close(a.ended)
			return
		}
		a.dispose()
	}()
	a.reply, a.err = next(ctx, a.req)
}

// wait reports whether the function ended in time. If not, it is abandoned. That
// the caller has gone away, or seems to, is the function's affair.
func (a *timedRun) wait(ctx *timedContext) bool {
	select {
	case <-a.ended:
		return true
	case <-ctx.Done():
	}
	if !ctx.isExpired() && a.waitUntil(ctx.deadline()) {
		return true
	}
	if a.state.CompareAndSwap(running, abandoned) {
		return false
	}
	<-a.ended
	return true
}

// waitUntil waits until the function has ended, at most until the time.
func (a *timedRun) waitUntil(end time.Time) bool {
	if end.IsZero() {
		<-a.ended
		return true
	}
	timer := time.NewTimer(time.Until(end))
	defer timer.Stop()
	select {
	case <-a.ended:
		return true
	case <-timer.C:
		return false
	}
}

// tooLate reports whether the function's time was up when it ended. Then the answer
// is the timeout's, so that it does not depend on who was first. What has been sent
// to its end has been answered all the same. The time of a function that answers with a
// stream is over here, since it has answered.
func (a *timedRun) tooLate(ctx *timedContext) bool {
	late := ctx.isExpired()
	if hasStream(a.reply) {
		late = !ctx.lift()
	}
	return late && a.req.sentReply() == nil
}

// hasStream reports whether the reply has a stream, which may still need the context.
func hasStream(reply *Reply) bool { return reply != nil && reply.Stream != nil }

// dispose closes a reply that came too late and logs a panic, which nobody
// else would get to see.
func (a *timedRun) dispose() {
	a.logPanic(a.err)
	if a.reply != nil {
		if failure := a.reply.close(); failure != nil {
			a.logPanic(failure)
		}
	}
}

func (a *timedRun) logPanic(err error) {
	if _, ok := errors.AsType[*PanicError](err); !ok {
		return
	}
	line := a.req.Logger().Error().Str("function", a.req.Function().Name()).Str("request_id", a.req.ID).Err(err)
	LogStack(line, err).Msg("panic after the timeout")
}

// isContextError reports whether err says no more than that ctx is done. An
// *Error is the function's own answer.
func isContextError(ctx context.Context, err error) bool {
	if err == nil {
		return false
	}
	_, own := errors.AsType[*Error](err)
	return !own && ctx.Err() != nil && errors.Is(err, ctx.Err())
}

// timedStream is a reply's stream that releases its context when it is closed.
type timedStream struct {
	io.Reader
	ctx *timedContext
}

// Close closes the stream, when it can be closed, and releases the context.
func (s *timedStream) Close() error {
	defer s.ctx.cancel()
	if c, ok := s.Reader.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
