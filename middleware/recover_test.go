package middleware_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

func panicking(v any) fn.Invoker {
	return func(context.Context, *fn.Request) (*fn.Reply, error) { panic(v) }
}

func TestRecoverMakesAnOpaqueErrorOfAPanic(t *testing.T) {
	lost := errors.New("lost the database")
	for name, v := range map[string]any{"a string": "secret text", "an error": lost, "another type": 42, "nil": nil} {
		t.Run(name, func(t *testing.T) {
			var seen error
			watch := func(next fn.Invoker) fn.Invoker {
				return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
					reply, err := next(ctx, req)
					seen = err
					return reply, err
				}
			}
			reply, _ := serve(t, panicking(v), list(watch, middleware.Recover()), nil)
			if reply.Status != 500 || strings.Contains(string(reply.Body), "secret") {
				t.Errorf("status %d, body %s; want an opaque 500", reply.Status, reply.Body)
			}
			p, ok := errors.AsType[*fn.PanicError](seen)
			if !ok || !strings.Contains(string(p.Stack), "panicking") {
				t.Errorf("the middleware outside saw %v, want a *fn.PanicError with the stack of the panic", seen)
			}
			if v == lost && !errors.Is(seen, lost) {
				t.Errorf("%v does not wrap the error that was passed to panic", seen)
			}
		})
	}
}

func TestRecoverLetsAnswersPass(t *testing.T) {
	reply, _ := serve(t, ok, list(middleware.Recover()), nil)
	if reply.Status != 200 || string(reply.Body) != "ok" {
		t.Errorf("status %d, body %s; want the function's", reply.Status, reply.Body)
	}
}

func TestGoexitPassesRecoverAndIsAnErrorInsideTimeout(t *testing.T) {
	exit := func(context.Context, *fn.Request) (*fn.Reply, error) {
		runtime.Goexit()
		return nil, nil
	}
	unit, log := start(t, exit, list(middleware.AccessLog(), middleware.Recover()))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		unit.Host("test").Serve(t.Context(), "orders.get", get(nil))
	}()
	<-ended
	if line := log.only(t); line["level"] != "error" {
		t.Errorf("the line is %v, want an error", line)
	}

	reply, log := serve(t, exit, middleware.Default(), nil)
	if line := log.only(t); reply.Status != 500 || !strings.Contains(line["error"].(string), "runtime.Goexit") {
		t.Errorf("status %d, line %v; want 500 that names runtime.Goexit", reply.Status, line)
	}
}
