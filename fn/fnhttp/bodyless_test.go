package fnhttp_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// TestAResponseWithoutABodyHasNoLength says so of 204 and 304, of bodies and streams,
// whether the function gives a length or not. The server of HTTP/1 takes it away as
// well; that of HTTP/2 and net/http middleware around the host would pass it on.
func TestAResponseWithoutABodyHasNoLength(t *testing.T) {
	answer := func(name string, make func(*fn.Reply)) fn.Function {
		return fn.Raw("a."+name, func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
			r := &fn.Reply{Status: 304}
			if req.Header("X-Status") == "204" {
				r.Status = 204
			}
			make(r)
			return r, nil
		}, fn.Route("GET /"+name))
	}
	h := newHandler(t, []fn.Function{
		answer("given", func(r *fn.Reply) { r.Header.Set("Content-Length", "5") }),
		answer("body", func(r *fn.Reply) { r.Body = []byte("hello") }),
		answer("both", func(r *fn.Reply) { r.Body = []byte("hello"); r.Header.Set("Content-Length", "5") }),
		answer("large", func(r *fn.Reply) { r.Body = make([]byte, 5000) }), // its length is the host's to write
		answer("stream", func(r *fn.Reply) { r.Stream = pieces("hello"); r.Header.Set("Content-Length", "5") }),
	})
	around := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r)
		if got := w.Header()["Content-Length"]; got != nil {
			t.Errorf("%s: the middleware around the host sees the length %q", r.URL, got)
		}
	})
	server := httptest.NewUnstartedServer(around)
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	for _, path := range []string{"/given", "/body", "/both", "/large", "/stream"} {
		for _, status := range []string{"204", "304"} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("X-Status", status)
			res, err := server.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if got := res.Header["Content-Length"]; res.ProtoMajor != 2 || got != nil {
				t.Errorf("%s %s: HTTP/%d with the length %q", status, path, res.ProtoMajor, got)
			}
		}
	}
}
