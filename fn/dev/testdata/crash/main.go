// Crash is an app of functions that end their process, hang, or call each
// other in circles. The tests of package dev build and run it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

// Config says how the app misbehaves.
type Config struct {
	Hang     bool   `env:"CRASH_HANG"      doc:"whether the stop hook hangs"`
	Required string `env:"CRASH_REQUIRED"  doc:"a file without which the group late cannot start"`
	Exit     bool   `env:"CRASH_EARLY"     doc:"whether the group early ends the process"`
}

var app = fn.NewApp[Config]("crash")

func main() {
	app.Group("ping", newPing)
	app.Group("pong", newPong)
	app.Group("exit", newExit)
	app.Group("late", newLate)
	app.Group("early", newEarly)
	run.Main(app)
}

// Step is how many calls are left.
type Step struct {
	Left int `query:"left" json:"left"`
}

var (
	ping = fn.Define[Step, string]("ping.next", fn.Route("GET /ping"))
	pong = fn.Define[Step, string]("pong.next")
)

func newPing(context.Context, Config) ([]fn.Function, error) {
	return []fn.Function{ping.With(caller("ping", pong), fn.Needs(pong))}, nil
}

func newPong(context.Context, Config) ([]fn.Function, error) {
	return []fn.Function{pong.With(caller("pong", ping), fn.Needs(ping))}, nil
}

// caller calls the other one until nothing is left.
func caller(name string, other fn.Contract[Step, string]) func(context.Context, Step) (string, error) {
	return func(ctx context.Context, in Step) (string, error) {
		if in.Left == 0 {
			return name, nil
		}
		out, err := other.Call(ctx, Step{in.Left - 1})
		return name + " " + out, err
	}
}

func newExit(ctx context.Context, cfg Config) ([]fn.Function, error) {
	fn.OnStop(ctx, func(context.Context) error {
		fmt.Println("the stop hook runs")
		if cfg.Hang {
			time.Sleep(time.Hour)
		}
		return nil
	})
	var two sync.WaitGroup
	two.Add(2)
	return []fn.Function{
		fn.New("exit.now", func(context.Context, struct{}) (string, error) { os.Exit(3); return "", nil }, fn.Route("GET /exit")),
		fn.New("exit.both", func(context.Context, struct{}) (string, error) {
			two.Done()
			two.Wait() // both requests are in the process now
			os.Exit(4)
			return "", nil
		}, fn.Route("GET /both")),
		fn.New("exit.pid", func(context.Context, struct{}) (int, error) { return os.Getpid(), nil }, fn.Route("GET /pid")),
		fn.New("exit.stuck", func(context.Context, struct{}) (string, error) { time.Sleep(time.Hour); return "", nil }, fn.Route("GET /stuck")),
		fn.New("exit.env", func(_ context.Context, in struct {
			Name string `path:"name"`
		}) (string, error) {
			return os.Getenv(in.Name), nil
		}, fn.Route("GET /env/{name}")),
		fn.New("exit.large", func(context.Context, struct{}) (string, error) { return strings.Repeat("x", 7_000_000), nil }),
		fn.Raw("exit.odd", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{Status: 199}, nil }, fn.Route("GET /odd")),
	}, nil
}

func newLate(ctx context.Context, cfg Config) ([]fn.Function, error) {
	fn.OnStart(ctx, func(context.Context) error {
		if _, err := os.Stat(cfg.Required); errors.Is(err, fs.ErrNotExist) {
			return errors.New("the file is not there yet")
		}
		return nil
	})
	return []fn.Function{fn.New("late.get", func(context.Context, struct{}) (string, error) { return "better late", nil }, fn.Route("GET /late"))}, nil
}

func newEarly(ctx context.Context, cfg Config) ([]fn.Function, error) {
	fn.OnStart(ctx, func(context.Context) error {
		if cfg.Exit {
			os.Exit(5)
		}
		return nil
	})
	return []fn.Function{fn.New("early.get", func(context.Context, struct{}) (string, error) { return "early", nil }, fn.Route("GET /early"))}, nil
}
