package fntest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

type askIn struct {
	How string `path:"how"`
}

var (
	errOwn = errors.New("own")
	answer = fn.Define[askIn, string]("back.answer")
	ask    = fn.Define[askIn, string]("front.ask", fn.Route("GET /ask/{how}"))
)

// callingApp is an app whose calls carry a user, and are counted.
func callingApp(calls *atomic.Int64) *fn.App[fn.NoConfig] {
	count := fn.AroundCalls(func(next fn.Caller) fn.Caller {
		return func(ctx context.Context, call *fn.OutgoingCall) error {
			calls.Add(1)
			err := next(ctx, call)
			if out, ok := call.Out.(*string); ok && err == nil {
				*out += " (" + call.Function + ")"
			}
			return err
		}
	})
	user := fn.AroundCalls(func(next fn.Caller) fn.Caller {
		return func(ctx context.Context, call *fn.OutgoingCall) error {
			switch how := call.In.(*askIn).How; how {
			case "itself":
				out := "no call"
				call.Out = &out
				return nil
			case "nothing":
				return nil
			case "own":
				return errOwn
			case "canceled":
				canceled, cancel := context.WithCancel(ctx)
				cancel()
				return next(canceled, call)
			case "odd":
				call.SetMetadata("User Name", "ada")
			case "long":
				call.SetMetadata("user", strings.Repeat("x", 513))
			case "many":
				for i := range 17 {
					call.SetMetadata(fmt.Sprint("n", i), "")
				}
			case "sixteen":
				for i := range 15 {
					call.SetMetadata(fmt.Sprint("n", i), "")
				}
				fallthrough
			default:
				call.SetMetadata("user", "ada ü")
			}
			return next(ctx, call)
		}
	})
	app := fn.NewApp[fn.NoConfig]("shop", count, user)
	app.Add(
		ask.With(func(ctx context.Context, in askIn) (string, error) {
			req, _ := fn.RequestFrom(ctx)
			out, err := answer.Call(ctx, in)
			if errors.Is(err, errOwn) {
				return "own", nil
			}
			return fmt.Sprintf("%q %s", req.Metadata("user"), out), err
		}, fn.Needs(answer)),
		answer.With(func(ctx context.Context, in askIn) (string, error) {
			req, _ := fn.RequestFrom(ctx)
			if in.How == "refused" {
				return "", fn.Errorf(fn.NotFound, "nobody, %s", req.Metadata("user"))
			}
			return "hello " + req.Metadata("user"), nil
		}),
	)
	return app
}

// What stands around calls stands around those within a unit and those between units alike.
func TestMiddlewareOfCalls(t *testing.T) {
	var calls atomic.Int64
	app := callingApp(&calls)
	want := map[string]string{
		"plain": `200 "" hello ada ü (back.answer)`, "sixteen": `200 "" hello ada ü (back.answer)`, "itself": `200 "" no call (back.answer)`,
		"own": "200 own", "refused": "404", "odd": "500", "long": "500", "many": "500", "nothing": "500", "canceled": "499",
	}
	var requests []fntest.Request
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for how, text := range want {
			calls.Store(0)
			got := c.Do(fntest.Get("/ask/" + how))
			if !strings.HasPrefix(fmt.Sprintf("%d %s", got.Status, strings.Trim(got.String(), `"`)), text[:3]) || calls.Load() != 1 {
				t.Errorf("%s: got %s, %d calls", how, got, calls.Load())
			}
			if strings.HasPrefix(text, "200") && !strings.Contains(strings.ReplaceAll(got.String(), `\"`, `"`), text[4:]) {
				t.Errorf("%s: got %s, want %s", how, got, text)
			}
			if how == "refused" && !strings.Contains(got.String(), "nobody, ada ü") {
				t.Errorf("the error: %s", got)
			}
		}
	})
	for how := range want {
		requests = append(requests, fntest.Get("/ask/"+how))
	}
	fntest.Same(t, app, requests)
}
