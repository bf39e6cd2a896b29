// Package fnhttp serves the functions of an app over HTTP: as an http.Handler
// for programs that have a server, and as a server for those that do not.
//
//	package main
//
//	import (
//		"context"
//		"fmt"
//		"os"
//
//		"github.com/anygrain/anygrain/fn"
//		"github.com/anygrain/anygrain/fn/fnhttp"
//	)
//
//	type HelloInput struct {
//		Name string `path:"name" validate:"max=40"`
//	}
//
//	type HelloOutput struct {
//		Text string `json:"text"`
//	}
//
//	func hello(ctx context.Context, in HelloInput) (HelloOutput, error) {
//		return HelloOutput{Text: "Hello, " + in.Name}, nil
//	}
//
//	func main() {
//		app := fn.NewApp[fn.NoConfig]("greeter")
//		app.Add(fn.New("greet.hello", hello, fn.Route("GET /hello/{name}")))
//		if err := fnhttp.ListenAndServe(context.Background(), app); err != nil {
//			fmt.Fprintln(os.Stderr, err)
//			os.Exit(1)
//		}
//	}
//
// # Routing
//
// Routes are those of net/http.ServeMux, and it is a ServeMux that finds them:
// the most specific pattern wins, GET takes HEAD, a path that is not clean and
// the missing slash of a subtree are redirected, a method that no route of the
// path takes is 405 with Allow. OPTIONS is a method like any other. What no
// function answers is a problem document (RFC 9457) and runs the app's
// middleware, so that it is logged and CORS can answer a preflight.
//
// # What the host trusts
//
// The client's address is that of the connection, the scheme is https when the
// connection is TLS. X-Forwarded-For, X-Forwarded-Proto and Forwarded are
// headers like any other: anybody can send them. A program behind a proxy that
// overwrites them says so with net/http middleware of its own, see [Wrap].
//
// # Existing handlers
//
// [Handle] makes an http.Handler a function of the app, on every host. [Mount]
// puts one beside the functions of this host alone. [Wrap] puts existing
// net/http middleware around everything.
package fnhttp
