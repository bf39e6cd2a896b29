package fntest_test

import (
	"context"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

type addition struct {
	A int `json:"a" validate:"max=100"`
	B int `json:"b" validate:"max=100"`
}

var add = fn.Define[addition, addition]("maths.add")

// BenchmarkCall is a call within a request, in one process and over the stand-ins
// of Lambda (signed, with an envelope and a host) and of HTTP.
func BenchmarkCall(b *testing.B) {
	sum := func(_ context.Context, in addition) (addition, error) { return addition{A: in.A + in.B}, nil }
	var body func(ctx context.Context)
	app := fn.NewApp[fn.NoConfig]("maths")
	app.Add(
		add.With(sum),
		fn.New("web.page", func(ctx context.Context, _ struct{}) (string, error) { body(ctx); return "", nil }, fn.Route("GET /{$}"), fn.Needs(add)),
	)
	for _, host := range []string{"http", "grain/function", "grain/group/http"} {
		b.Run(host, func(b *testing.B) {
			c := fntest.New(b, app, fntest.Hosts(host), fntest.Start(fn.Strict(false)))
			body = func(ctx context.Context) {
				b.ReportAllocs()
				for b.Loop() {
					if out, err := add.Call(ctx, addition{1, 2}); err != nil || out.A != 3 {
						b.Fatal(out, err)
					}
				}
			}
			if res := c.Do(fntest.Get("/")); res.Status != 200 {
				b.Fatal(res)
			}
		})
	}
	b.Run("the function alone", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if out, err := sum(b.Context(), addition{1, 2}); err != nil || out.A != 3 {
				b.Fatal(out, err)
			}
		}
	})
}
