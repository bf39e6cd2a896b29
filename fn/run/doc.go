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
//	graph            which functions call which, and by --grain which calls are remote
//	units            the units of a --grain with their build commands
//	check            declarations, the cut by a --grain, calls and build tags
//	dev              the units of a --grain as processes behind one local gateway
//	invoke NAME      one function with the In as JSON (--in), or an AWS event (--event)
//	help
//
// The config is read from the environment and a .env file, whose variables dev hands
// to its units too. What describes the app (routes, graph, units, check) runs the
// constructors with whatever there is of it, so these do well to take empty values.
//
// Calls to functions that the program does not serve go where the variables
// ANYGRAIN_CALLEES and ANYGRAIN_CALL_SECRET say, on Lambda too; see package
// remote. With the secret the server takes calls as well.
//
// None of the commands is linked into a Lambda binary: with -tags lambda, Main is
// fnlambda.Run with a transport and nothing else.
package run
