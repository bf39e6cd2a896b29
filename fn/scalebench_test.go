package fn_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// large returns an app of n functions, five in a group, each with a route and
// each calling the one before.
func large(n int) *fn.App[fn.NoConfig] {
	type in struct {
		ID    string   `path:"id" validate:"required,uuid"`
		Tags  []string `query:"tag" validate:"max=5,dive,alphanum"`
		Limit int      `query:"limit" default:"20" validate:"min=1,max=100"`
	}
	type out struct {
		ID    string   `json:"id"`
		Items []string `json:"items"`
	}
	app := fn.NewApp[fn.NoConfig]("large")
	var before fn.Contract[in, out]
	for i := range n {
		c := fn.Define[in, out](fmt.Sprintf("group%d.f%d", i/5, i), fn.Route(fmt.Sprintf("GET /group%d/f%d/{id}", i/5, i)))
		var options []fn.FunctionOption
		if i > 0 {
			options = append(options, fn.Uses(before))
		}
		app.Add(c.With(func(_ context.Context, v in) (out, error) { return out{ID: v.ID}, nil }, options...))
		before = c
	}
	return app
}

// BenchmarkStart declares and starts an app, as a unit does in its init phase.
func BenchmarkStart(b *testing.B) {
	for _, n := range []int{10, 200, 500} {
		b.Run(fmt.Sprintf("%d functions", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := large(n).Start(b.Context(), fn.WithConfig(fn.NoConfig{})); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkInvoke dispatches by name, whatever the number of functions.
func BenchmarkInvoke(b *testing.B) {
	for _, n := range []int{10, 200, 500} {
		unit := large(n).MustStart(b.Context())
		name := fmt.Sprintf("group%d.f%d", n/10, n/2)
		payload := []byte(`{"id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8"}`)
		b.Run(fmt.Sprintf("%d functions", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := unit.Invoke(b.Context(), name, &fn.Request{Trigger: fn.TriggerDirect, Payload: payload}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
