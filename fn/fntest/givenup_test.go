package fntest_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fntest"
)

// A response that is given up cuts a connection, whatever middleware answers
// instead. Where there is none, that answer must not be given either.
func TestMiddlewareDoesNotReplaceWhatWasGivenUp(t *testing.T) {
	handlers := map[string]http.HandlerFunc{
		"short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9")
			_, _ = io.WriteString(w, "a")
		},
		"abort":  func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"halves": func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush(); panic("half-way") },
		"large": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, strings.Repeat("x", 20_000))
			panic("half-way")
		},
	}
	instead := map[string]func() (*fn.Reply, error){
		"a reply":  func() (*fn.Reply, error) { return &fn.Reply{Status: 418}, nil },
		"a stream": func() (*fn.Reply, error) { return &fn.Reply{Status: 200, Stream: strings.NewReader("instead")}, nil },
		"an error": func() (*fn.Reply, error) { return nil, fn.Errorf(fn.PermissionDenied, "no") },
	}
	for name, answer := range instead {
		t.Run(name, func(t *testing.T) {
			replace := func(next fn.Invoker) fn.Invoker {
				return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
					_, _ = next(ctx, req)
					return answer()
				}
			}
			app, requests := appOf([]fn.AppOption{fn.Use(replace)}), []fntest.Request{}
			for path, h := range handlers {
				app.Add(fnhttp.Handle("given."+path, h, fn.Route("/"+path)))
				requests = append(requests, fntest.Get("/"+path), fntest.Post("/"+path))
			}
			fntest.Same(t, app, requests)
		})
	}
}

// The length that a handler declares for HEAD is not that of what it wrote.
func TestAHEADHasTheDeclaredLength(t *testing.T) {
	app := appOf(nil, fnhttp.Handle("a.large", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "40000")
		for range 40 {
			_, _ = io.WriteString(w, strings.Repeat("x", 1000))
		}
	}), fn.Route("GET /large")))
	fntest.Same(t, app, []fntest.Request{fntest.NewRequest("HEAD", "/large"), fntest.Get("/large")})
}
