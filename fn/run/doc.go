// Package run is the main function of an app: an HTTP server with a few local
// commands by default, the Lambda runtime with the build tag lambda.
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
//	type HelloInput struct {
//		Name string `path:"name" validate:"max=40"`
//	}
//
//	func hello(_ context.Context, in HelloInput) (string, error) {
//		return "Hello " + in.Name + "!", nil
//	}
//
//	var app = fn.NewApp[fn.NoConfig]("greeter", fn.Use(middleware.Default()...))
//
//	func init() {
//		app.Add(fn.New("greet.hello", hello, fn.Route("GET /hello/{name}")))
//	}
//
//	func main() { run.Main(app) }
//
// The local commands are
//
//	serve            the HTTP server (also without a command)
//	routes           what there is: functions, triggers, fields, places
//	config           the variables that the config reads
//	invoke NAME      one function with the In as JSON (--in), or an AWS event (--event)
//	help
//
// None of them is linked into a Lambda binary: with -tags lambda, Main is
// fnlambda.Run and nothing else.
package run
