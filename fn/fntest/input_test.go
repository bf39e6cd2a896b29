package fntest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// Middleware sees the typed In, before the function and after it, on every host.
func TestMiddlewareSeesTheInput(t *testing.T) {
	type in struct {
		ID    string   `path:"id" validate:"max=3"`
		Limit int      `query:"limit" default:"20"`
		Tags  []string `json:"tags"`
	}
	look := func(ctx context.Context, req *fn.Request, name string) {
		got, err := req.Input(ctx)
		text := "refused " + fn.CodeOf(err).String()
		if err == nil {
			text = fmt.Sprint(*got.(*in))
		}
		req.ReplyHeader().Set(name, text)
	}
	app := fn.NewApp[fn.NoConfig]("shop", fn.Use(func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			look(ctx, req, "X-Before")
			reply, err := next(ctx, req)
			look(ctx, req, "X-After")
			return reply, err
		}
	}))
	app.Add(fn.New("orders.tag", func(_ context.Context, in in) ([]string, error) { return in.Tags, nil }, fn.Route("POST /orders/{id}")))
	body := map[string][]string{"tags": {"a", "b"}}
	requests := map[string]fntest.Request{
		"{7 20 [a b]}":             fntest.Post("/orders/7").JSON(body),
		"{8 3 [a b]}":              fntest.Post("/orders/8?limit=3").JSON(body),
		"refused invalid_argument": fntest.Post("/orders/9999").JSON(body),
	}
	var all []fntest.Request
	for _, r := range requests {
		all = append(all, r)
	}
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for want, r := range requests {
			header := c.Do(r).Header
			if before, after := header.Get("X-Before"), header.Get("X-After"); before != want || after != want {
				t.Errorf("got %q and %q, want %q", before, after, want)
			}
		}
	})
	fntest.Same(t, app, all)
}
