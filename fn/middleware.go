package fn

import "context"

// Invoker invokes a function. It is what middleware wraps: the same on every
// host and for every kind of request. Exactly one of reply and error is not nil.
type Invoker func(ctx context.Context, req *Request) (*Reply, error)

// Middleware wraps an Invoker with another.
type Middleware func(next Invoker) Invoker

// chain wraps the innermost invoker so that the first middleware is the outermost.
func chain(innermost Invoker, middleware ...[]Middleware) Invoker {
	for i := len(middleware) - 1; i >= 0; i-- {
		for j := len(middleware[i]) - 1; j >= 0; j-- {
			innermost = middleware[i][j](innermost)
		}
	}
	return innermost
}
