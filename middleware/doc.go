// Package middleware has the middleware that every host needs: request ids, an
// access log, recovery of panics, timeouts and CORS. Each works for every
// trigger, HTTP or not, and gives the same answers on a server and on Lambda.
//
//	package main
//
//	import (
//		"context"
//
//		"github.com/anygrain/anygrain/fn"
//		"github.com/anygrain/anygrain/fn/run"
//		"github.com/anygrain/anygrain/middleware"
//	)
//
//	type Greeting struct {
//		Text string `json:"text"`
//	}
//
//	type Input struct {
//		Name string `path:"name"`
//	}
//
//	func hello(ctx context.Context, in Input) (Greeting, error) {
//		middleware.Slog(ctx).Info("greeting") // with function and request_id
//		return Greeting{Text: "hello " + in.Name}, nil
//	}
//
//	var app = fn.NewApp[fn.NoConfig]("hello", fn.Use(middleware.Default()...))
//
//	func main() {
//		app.Add(fn.New("hello.get", hello, fn.Route("GET /hello/{name}")))
//		run.Main(app)
//	}
//
// The first middleware is the outermost, and an app's runs outside a
// function's. Middleware of an app also sees the requests that match no
// function; there fn.Request.Function is the zero Function.
//
// Middleware of one's own is a function from fn.Invoker to fn.Invoker:
//
//	func Tenant(next fn.Invoker) fn.Invoker {
//		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
//			if req.Kind == fn.KindHTTP && req.Header("X-Tenant") == "" {
//				return nil, fn.Errorf(fn.Unauthenticated, "the header X-Tenant is missing")
//			}
//			return next(ctx, req)
//		}
//	}
//
// Options that are nil change nothing.
package middleware
