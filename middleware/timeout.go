package middleware

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// TimeoutOption is an option of Timeout.
type TimeoutOption func(*timeoutSettings)

type timeoutSettings struct {
	standard time.Duration
	reserve  func(left time.Duration) time.Duration
}

// The standard settings of Timeout.
const (
	standardTimeout = 30 * time.Second // what API Gateway waits for a Lambda function
	leastReserve    = 50 * time.Millisecond
	mostReserve     = 500 * time.Millisecond
)

// DefaultTimeout is the timeout of functions for which neither fn.Timeout on
// the function nor on the app says one. The default is 30 seconds, what API
// Gateway waits for a Lambda function. With zero or less there is none.
func DefaultTimeout(d time.Duration) TimeoutOption {
	return func(s *timeoutSettings) { s.standard = max(d, 0) }
}

// Reserve is how long before the platform's own deadline the function has to
// be done, so that there is time left to answer. The default is a tenth of the
// time that is left when the request arrives, at least 50 and at most 500 ms.
// Never more than half of the time that is left is held back.
func Reserve(d time.Duration) TimeoutOption {
	return func(s *timeoutSettings) {
		s.reserve = func(time.Duration) time.Duration { return max(d, 0) }
	}
}

// Timeout ends the wait for a function that takes too long. The function gets
// a context with the deadline; when that passes first, the caller gets a
// DeadlineExceeded error (504) at once, before the platform gives up on the
// whole process. The deadline is the earlier of
//
//   - the function's timeout: fn.Timeout on it, else on the app, else DefaultTimeout;
//   - the deadline that the context has already, on Lambda the function's
//     timeout there, less Reserve. A call in the process gets its caller's
//     deadline as it is: there the reserve is taken off already.
//
// When the caller goes away first, the error is Canceled. A request whose time
// has run out when it arrives is answered without running the function.
//
// The function runs in a goroutine of its own, which belongs to the unit: Stop
// waits for it. One that does not end with its context is abandoned, not
// killed. It works on a clone of the request, so it can no longer touch the
// reply; a reply that comes late is closed, a late panic is logged. It must not
// write to what fn.Request.Native holds once its context is done. On Lambda it
// is frozen with the process and goes on with the next request, so functions
// should heed their context.
//
// A reply with a Stream keeps the context alive until the stream is closed, at
// most until the deadline.
func Timeout(options ...TimeoutOption) fn.Middleware {
	s := configure(timeoutSettings{standard: standardTimeout, reserve: tenth}, options)
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			l := s.limit(ctx, req)
			switch {
			case ctx.Err() != nil || l.passed():
				return nil, l.failure(ctx, req)
			case l.none:
				return next(ctx, req)
			}
			ctx, cancel := context.WithTimeout(ctx, l.allowed)
			return supervise(ctx, cancel, l, req, next)
		}
	}
}

// limit finds the earliest deadline.
func (s *timeoutSettings) limit(ctx context.Context, req *fn.Request) limit {
	l := s.own(req)
	end, ok := ctx.Deadline()
	if !ok {
		return l
	}
	left := time.Until(end)
	if req.Trigger != fn.TriggerCall {
		left -= min(s.reserve(left), left/2)
	}
	if l.none || left < l.allowed {
		return limit{allowed: left, source: "the context's deadline"}
	}
	return l
}

// own is the limit without regard to the context.
func (s *timeoutSettings) own(req *fn.Request) limit {
	if d := req.Timeout(); d > 0 {
		return limit{allowed: d, source: "fn.Timeout"}
	}
	if s.standard > 0 {
		return limit{allowed: s.standard, source: "the default timeout"}
	}
	return limit{none: true}
}

func tenth(left time.Duration) time.Duration {
	return min(max(left/10, leastReserve), mostReserve)
}

// limit is the time that a request has.
type limit struct {
	allowed time.Duration // from the request's arrival
	source  string        // what set it, for the log
	none    bool
}

// passed reports whether there was no time left on arrival.
func (l limit) passed() bool { return !l.none && l.allowed <= 0 }

// failure is the answer when ctx ended before the function did.
func (l limit) failure(ctx context.Context, req *fn.Request) *fn.Error {
	cause := context.Cause(ctx)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return fn.Errorf(fn.Canceled, "the caller went away").WithCause(cause)
	case l.passed():
		return fn.Errorf(fn.DeadlineExceeded, "%s was not started: its time had run out", subject(req)).WithCause(cause)
	}
	return fn.Errorf(fn.DeadlineExceeded, "%s did not answer within %v", subject(req), l.allowed.Round(time.Millisecond)).
		WithCause(fmt.Errorf("%s: %w", l.source, cause))
}

func subject(req *fn.Request) string {
	if name := req.Function().Name(); name != "" {
		return "the function " + name
	}
	return "the app"
}
