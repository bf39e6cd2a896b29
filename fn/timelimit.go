package fn

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// TimeLimit is how long a function may take: what [Timeout] becomes, and what
// middleware.Timeout makes of it. The zero value is no limit.
type TimeLimit struct {
	// Timeout is the function's own time, from now until its response begins: until
	// a mounted handler sends it, or a reply with a Stream is there. Zero or less: none.
	Timeout time.Duration
	// Deadline is when it has to be done in any case, begun or not. Zero: never.
	Deadline time.Time
	// Source is what set Timeout, for the log: "fn.Timeout".
	Source string
}

// Run runs next within the limit. The function gets a context with the deadline,
// and runs in a goroutine of its own, which belongs to the unit. When its time is
// up before it has answered, the error is DeadlineExceeded, whatever the function
// answers later; what it changes in its clone of the request is lost, a late reply
// is closed, a late panic is logged. When the caller goes away first, the function's
// context ends, and what it answers within its time is the answer. So it is when the
// caller seems to have gone before: a client that ends its side of the connection behind
// the request still listens, and whether that is seen before the function starts or after
// is chance.
func (l TimeLimit) Run(ctx context.Context, req *Request, next Invoker) (*Reply, error) {
	if next == nil {
		return nil, internalError(errors.New("TimeLimit.Run: the invoker is nil"))
	}
	now := time.Now()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, notStartedError(ctx, req)
	case !l.Deadline.IsZero() && !now.Before(l.Deadline):
		return nil, notStartedError(ctx, req)
	case l.Timeout <= 0 && l.Deadline.IsZero():
		return next(ctx, req)
	}
	return supervise(ctx, runningLimit{TimeLimit: l, begin: now}, req, next)
}

// runningLimit is a limit that is running.
type runningLimit struct {
	TimeLimit
	begin time.Time
}

// ownEnd is when the function's own time is up.
func (l *runningLimit) ownEnd() time.Time {
	if l.Timeout <= 0 {
		return time.Time{}
	}
	return l.begin.Add(l.Timeout)
}

// endedError is the answer when the context ended before the function did.
func (l *runningLimit) endedError(ctx *timedContext, req *Request) *Error {
	cause := context.Cause(ctx)
	if !ctx.isExpired() && errors.Is(ctx.Err(), context.Canceled) {
		return Errorf(Canceled, "the caller went away").WithCause(cause)
	}
	allowed, source := l.Timeout, l.Source
	if left := l.Deadline.Sub(l.begin); !l.Deadline.IsZero() && (allowed <= 0 || left < allowed) {
		allowed, source = left, "the context's deadline"
	}
	return Errorf(DeadlineExceeded, "%s did not answer within %v", subject(req), allowed.Round(time.Millisecond)).
		WithCause(fmt.Errorf("%s: %w", source, context.DeadlineExceeded))
}

// notStartedError is the answer to a request whose time is over before it starts.
func notStartedError(ctx context.Context, req *Request) *Error {
	return Errorf(DeadlineExceeded, "%s was not started: its time had run out", subject(req)).WithCause(context.Cause(ctx))
}

func subject(req *Request) string {
	if name := req.Function().Name(); name != "" {
		return "the function " + name
	}
	return "the app"
}

// withTimeLimit is the innermost middleware of a function with a timeout: it sets the limit
// unless something around it has, as middleware.Timeout does.
func withTimeLimit(next Invoker) Invoker {
	return func(ctx context.Context, req *Request) (*Reply, error) {
		timeout, _ := req.Timeout()
		if c, ok := ctx.Value(timedKey{}).(*timedContext); ok && c.endsWithin(timeout) {
			return next(ctx, req)
		}
		return TimeLimit{Timeout: timeout, Source: "fn.Timeout"}.Run(ctx, req, next)
	}
}
