package middleware

import (
	"context"

	"github.com/anygrain/anygrain/fn"
)

// Recover turns a panic further in into an Internal error whose cause is a
// *fn.PanicError with the stack: the caller sees a plain 500, the log sees all
// of it. Without Recover the host survives a panic too, but the middleware
// outside of it, such as AccessLog, does not get to see an answer.
//
// runtime.Goexit is not a panic and cannot be stopped in its own goroutine: it
// passes through. Inside Timeout, which owns the function's goroutine, it
// becomes an Internal error.
func Recover() fn.Middleware {
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (reply *fn.Reply, err error) {
			defer func() {
				if v := recover(); v != nil {
					reply, err = nil, fn.Recovered(v)
				}
			}()
			return next(ctx, req)
		}
	}
}
