package middleware

import (
	"context"
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
//     none with fn.NoTimeout;
//   - the deadline that the context has already, on Lambda the function's
//     timeout there, less Reserve. A call in the process gets its caller's
//     deadline as it is: there the reserve is taken off already.
//
// The first ends with the beginning of the response: server-sent events, or a
// reply with a Stream, may go on for as long as they like. The second stays.
//
// fn.Timeout holds without this middleware too, innermost: what it adds is the
// default, the reserve, and its place among the others.
//
// When the caller goes away, the function's context ends; what the function
// answers all the same is the answer, and its context's error is Canceled. A
// request whose time has run out when it arrives is answered without running the function.
//
// The function runs in a goroutine of its own, which belongs to the unit: Stop
// waits for it. One that does not end with its context is abandoned, not
// killed. It works on a clone of the request, so it can no longer touch the
// reply; a reply that comes late is closed, a late panic is logged. It must not
// write to what fn.Request.Native holds once its context is done. On Lambda it
// is frozen with the process and goes on with the next request, so functions
// should heed their context.
//
// A reply with a Stream keeps the context alive until the stream is closed.
func Timeout(options ...TimeoutOption) fn.Middleware {
	s := configure(timeoutSettings{standard: standardTimeout, reserve: tenth}, options)
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			return s.limit(ctx, req).Run(ctx, req, next)
		}
	}
}

// limit is the function's own time, and the context's deadline less the reserve.
func (s *timeoutSettings) limit(ctx context.Context, req *fn.Request) fn.TimeLimit {
	l := s.own(req)
	end, ok := ctx.Deadline()
	if !ok {
		return l
	}
	if req.Kind != fn.KindCall {
		left := time.Until(end)
		end = end.Add(-min(s.reserve(left), left/2))
	}
	l.Deadline = end
	return l
}

// own is the limit without regard to the context.
func (s *timeoutSettings) own(req *fn.Request) fn.TimeLimit {
	if d, ok := req.Timeout(); ok {
		return fn.TimeLimit{Timeout: d, Source: "fn.Timeout"}
	}
	return fn.TimeLimit{Timeout: s.standard, Source: "the default timeout"}
}

func tenth(left time.Duration) time.Duration {
	return min(max(left/10, leastReserve), mostReserve)
}
