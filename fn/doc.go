// Package fn declares functions and the app that they belong to. A function is
// a typed handler with a name:
//
//	package main
//
//	import (
//		"context"
//
//		"github.com/anygrain/anygrain/fn"
//		"github.com/anygrain/anygrain/fn/run"
//	)
//
//	type GetInput struct {
//		ID string `path:"id" validate:"required,max=20"`
//	}
//
//	type Order struct {
//		ID string `json:"id"`
//	}
//
//	func get(ctx context.Context, in GetInput) (Order, error) {
//		if in.ID == "0" {
//			return Order{}, fn.Errorf(fn.NotFound, "order %s does not exist", in.ID)
//		}
//		return Order{ID: in.ID}, nil
//	}
//
//	var app = fn.NewApp[fn.NoConfig]("shop")
//
//	func init() {
//		app.Group("orders", func(context.Context, fn.NoConfig) ([]fn.Function, error) {
//			return []fn.Function{fn.New("orders.get", get, fn.Route("GET /orders/{id}"))}, nil
//		})
//	}
//
//	func main() { run.Main(app) }
//
// The tags of the In say where each field comes from; package binding has the
// table. The Out becomes the reply. An error with a code becomes a problem
// document; any other error, and a panic, is an opaque Internal.
//
// # Life of a unit
//
// Start makes a [Unit] out of an [App]: it selects functions, loads the config,
// constructs the groups that have a selected function, checks everything, and
// runs the start hooks. A host then serves the unit: package fnhttp over HTTP,
// package fnlambda on AWS Lambda, package fntest in tests. Package run is the
// main function that chooses the host by the build tag lambda.
//
// # Invokers
//
// New is generic for a few lines only. Behind it every function is an
// [Invoker], and so is everything that wraps one:
//
//	func Audit(next fn.Invoker) fn.Invoker {
//		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
//			reply, err := next(ctx, req)
//			log.Print(req.Function().Name(), fn.CodeOf(err))
//			return reply, err
//		}
//	}
//
// A middleware runs on every host and for every kind of request. It sees errors as
// errors; the problem document, or what RenderErrors says, is made after it. It sees the typed In
// too, by [Request.Input]. [AroundCalls] is middleware of the caller's side.
//
// # What other packages bring
//
// A [Resource] is something that functions may use; [Needs] says which of them do, and with which
// [Access]. A [Trigger] starts a function beside HTTP routes, direct invokes and calls ([On]). [Annotate]
// attaches a value that some package reads. A [Host] runs a unit on a platform, with inputs in one of
// the forms of [Input]. All of it is to be had outside of this module as well.
package fn
