//go:build !lambda

package run_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/run"
	"github.com/anygrain/anygrain/internal/randomapp"
)

// largeApp returns an app of n functions, five in a group, each with a route, an In
// of its own type, and a call of the one before.
func largeApp(n int) *fn.App[fn.NoConfig] {
	type out struct {
		ID string `json:"id"`
	}
	app := fn.NewApp[fn.NoConfig]("large", fn.Logger(zerolog.New(io.Discard)))
	answer := func(context.Context, any) (any, error) { return &out{ID: "x"}, nil }
	var before fn.Needer
	for i := range n {
		in := reflect.StructOf([]reflect.StructField{
			{Name: "ID", Type: reflect.TypeFor[string](), Tag: `path:"id" validate:"required,uuid"`},
			{Name: "Tags", Type: reflect.TypeFor[[]string](), Tag: `query:"tag" validate:"max=5,dive,alphanum"`},
			{Name: fmt.Sprintf("Limit%d", i), Type: reflect.TypeFor[int](), Tag: `query:"limit" default:"20" validate:"min=1,max=100"`},
		})
		name := fmt.Sprintf("group%d.f%d", i/5, i)
		c := randomapp.DefineUntyped(name, in, reflect.TypeFor[out](), fn.Route(fmt.Sprintf("GET /group%d/f%d/{id}", i/5, i)))
		var options []fn.FunctionOption
		if before != nil {
			options = append(options, fn.Needs(before))
		}
		app.Add(c.With(answer, options...))
		before = c
	}
	return app
}

var sizes = []int{10, 200, 500}

// BenchmarkLargeStart is the time from declared functions to a unit, to each host,
// and to what the commands say of them.
func BenchmarkLargeStart(b *testing.B) {
	for _, n := range sizes {
		app := largeApp(n)
		for _, step := range []struct {
			name string
			run  func(b *testing.B) error
		}{
			{"declare", func(*testing.B) error { largeApp(n); return nil }},
			{"start", func(b *testing.B) error { _, err := app.Start(b.Context()); return err }},
			{"describe", func(b *testing.B) error { _, err := app.Describe(b.Context()); return err }},
			{"http", func(b *testing.B) error { _, err := fnhttp.New(b.Context(), app); return err }},
			{"lambda", func(b *testing.B) error { _, err := fnlambda.New(b.Context(), app); return err }},
			{"units", func(b *testing.B) error {
				if status := run.Command(b.Context(), app, []string{"units"}, run.IO{Out: io.Discard, Err: io.Discard}); status != 0 {
					return fmt.Errorf("status %d", status)
				}
				return nil
			}},
		} {
			b.Run(fmt.Sprintf("%s, %d functions", step.name, n), func(b *testing.B) {
				for b.Loop() {
					if err := step.run(b); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

const anID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"

// BenchmarkLargeHTTP is the time of a request, whatever the number of functions.
func BenchmarkLargeHTTP(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("%d functions", n), func(b *testing.B) {
			h, err := fnhttp.New(b.Context(), largeApp(n))
			if err != nil {
				b.Fatal(err)
			}
			req := httptest.NewRequest("GET", middle(n)+"/"+anID, nil)
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				if h.ServeHTTP(w, req); w.Code != http.StatusOK {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
			}
		})
	}
}

// BenchmarkLargeLambda is the time of an event that names its route, and of one
// that leaves the choice to the app.
func BenchmarkLargeLambda(b *testing.B) {
	for _, n := range sizes {
		for _, route := range []string{"GET " + middle(n) + "/{id}", "$default"} {
			b.Run(fmt.Sprintf("%s, %d functions", route, n), func(b *testing.B) {
				h, err := fnlambda.New(b.Context(), largeApp(n))
				if err != nil {
					b.Fatal(err)
				}
				payload := eventTo(b, route, middle(n)+"/"+anID)
				b.ReportAllocs()
				for b.Loop() {
					if answer, err := h.Invoke(b.Context(), payload); err != nil || !bytes.Contains(answer, []byte(`"statusCode":200`)) {
						b.Fatalf("%s, %v", answer, err)
					}
				}
			})
		}
	}
}

// middle is the path of a function in the middle.
func middle(n int) string { return fmt.Sprintf("/group%d/f%d", n/10, n/2) }

// eventTo is one of an HTTP API with payload 2.0.
func eventTo(b *testing.B, route, path string) []byte {
	b.Helper()
	payload, err := json.Marshal(map[string]any{
		"version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "", "headers": map[string]string{"host": "shop.example"},
		"requestContext": map[string]any{"stage": "$default", "http": map[string]string{"method": "GET", "path": path, "sourceIp": "192.0.2.1"}},
	})
	if err != nil {
		b.Fatal(err)
	}
	return payload
}
