// Program is the Lambda function that the tests of fnlambda.Run build and run.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
)

func main() {
	app := fn.NewApp[fn.NoConfig]("program")
	app.Group("orders", orders)
	app.Group("chat", chat)
	if err := fnlambda.Run(context.Background(), app); err != nil {
		os.Exit(1)
	}
}

// fails are ways in which a constructor goes wrong.
var fails = map[string]func() error{
	"panic":  func() error { panic("no table \xff") },
	"nil":    func() error { var m map[string]int; m["x"] = 1; return nil },
	"bytes":  func() error { return errors.New("not UTF-8: \xff\xfe") },
	"long":   func() error { return errors.New("long: " + strings.Repeat("é", 4<<20)) },
	"broken": func() error { return (*broken)(nil) },
}

type broken struct{ text string }

func (b *broken) Error() string { return b.text }

func orders(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
	if fail := fails[os.Getenv("PROGRAM_FAILS")]; fail != nil {
		if err := fail(); err != nil {
			return nil, err
		}
	}
	fn.OnStop(ctx, func(context.Context) error {
		fmt.Fprintln(os.Stderr, "the stop hook ran")
		return nil
	})
	return []fn.Function{
		fn.Raw("orders.get", get, fn.Route("GET /orders/{id}")),
		fn.Raw("orders.huge", huge, fn.Route("GET /huge")),
		fn.Raw("orders.panic", func(context.Context, *fn.Request) (*fn.Reply, error) { panic("on purpose") }, fn.Route("GET /panic")),
	}, nil
}

func get(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return text("order " + req.Source().PathValue("id")), nil
}

func huge(context.Context, *fn.Request) (*fn.Reply, error) {
	return text(strings.Repeat("a", 7_000_000)), nil
}

// chat.meet answers when four requests are there at the same time.
func chat(context.Context, fn.NoConfig) ([]fn.Function, error) {
	var all sync.WaitGroup
	all.Add(4)
	return []fn.Function{fn.Raw("chat.meet", func(context.Context, *fn.Request) (*fn.Reply, error) {
		all.Done()
		all.Wait()
		return text("met"), nil
	}, fn.Route("GET /meet"))}, nil
}

func text(body string) *fn.Reply {
	reply := &fn.Reply{Status: 200, Body: []byte(body)}
	reply.Header.Set("Content-Type", "text/plain")
	return reply
}
