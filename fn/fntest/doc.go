// Package fntest tests an app on every host, in process: no ports, no
// containers, no goroutine left behind. A test is written once:
//
//	package main
//
//	import (
//		"context"
//		"testing"
//
//		"github.com/anygrain/anygrain/fn"
//		"github.com/anygrain/anygrain/fn/fntest"
//		"github.com/anygrain/anygrain/fn/run"
//	)
//
//	type HelloInput struct {
//		Name string `path:"name" validate:"max=40"`
//	}
//
//	func hello(_ context.Context, in HelloInput) (string, error) { return "Hello " + in.Name, nil }
//
//	var app = fn.NewApp[fn.NoConfig]("greeter")
//
//	func init() { app.Add(fn.New("greet.hello", hello, fn.Route("GET /hello/{name}"))) }
//
//	func main() { run.Main(app) }
//
//	func TestHello(t *testing.T) {
//		fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
//			if res := c.Do(fntest.Get("/hello/Ada")); res.Status != 200 || string(res.Body) != "Hello Ada" {
//				t.Errorf("got %v", res)
//			}
//		})
//	}
//
// Each runs the body on the plain host "direct", over net/http's server and client
// with a connection in memory, behind each front door of Lambda (REST and HTTP APIs, function URLs, load balancers), and with the
// app cut into units. On "direct/shared" calls share their values, as they do in
// production. A request is built once; the host expresses it in its own terms, and what comes
// back is read as the platform reads it. [Same] compares the answers of all hosts.
//
// Assertions are plain Go. Fakes replace a dependency through the app's own
// constructors (fn.ReplaceGroup), a config comes from fn.WithConfig. Events of
// one's own are built by package awsevent.
package fntest
