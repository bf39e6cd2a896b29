// Crash is an app whose functions end their process, or call each other.
package main

import (
	"context"
	"os"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

type step struct {
	Left int `query:"left" json:"left"`
}

var (
	ping = fn.Define[step, string]("ping.next", fn.Route("GET /ping"))
	pong = fn.Define[step, string]("pong.next")
)

// App is what the test describes.
var app = fn.NewApp[fn.NoConfig]("crash")

func call(next fn.Contract[step, string], name string) func(context.Context, step) (string, error) {
	return func(ctx context.Context, in step) (string, error) {
		if in.Left == 0 {
			return name, nil
		}
		out, err := next.Call(ctx, step{in.Left - 1})
		return name + " " + out, err
	}
}

func main() {
	app.Add(ping.With(call(pong, "ping"), fn.Uses(pong)))
	app.Add(pong.With(call(ping, "pong"), fn.Uses(ping)))
	app.Add(
		fn.New("exit.now", func(context.Context, struct{}) (string, error) {
			os.Exit(3)
			return "", nil
		}, fn.Route("GET /exit")),
		fn.New("exit.pid", func(context.Context, struct{}) (int, error) { return os.Getpid(), nil }, fn.Route("GET /pid")),
	)
	run.Main(app)
}
