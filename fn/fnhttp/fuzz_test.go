package fnhttp_test

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// Whatever request net/http's server takes, the host sends it where a ServeMux
// with the same patterns does.
func FuzzRouting(f *testing.F) {
	mux := http.NewServeMux()
	var functions []fn.Function
	for i, p := range patterns {
		mux.HandleFunc(p, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, p) })
		functions = append(functions, text("f.f"+string(rune('a'+i)), p, fn.Route(p)))
	}
	h := newHandler(f, functions)
	for _, line := range []string{"GET /orders/7", "HEAD /docs", "POST //files/../orders?a=%zz", "CONNECT /files//x", "OPTIONS *",
		"GET http://test/exact/", "GET /orders/%2e%2e", "DELETE /mixed;a=1", "CONNECT test:80"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(line + " HTTP/1.1\r\nHost: test\r\n\r\n")))
		if err != nil || r.Host != "test" { // a host of its own is not part of our routes
			return
		}
		if r.Method == http.MethodConnect && strings.Contains(r.URL.EscapedPath(), "//") {
			return // the router takes no empty segments, whose values ServeMux loses
		}
		want, got := httptest.NewRecorder(), httptest.NewRecorder()
		mux.ServeHTTP(want, r.Clone(t.Context()))
		h.ServeHTTP(got, r)
		if r.RequestURI == "/healthz" && got.Body.String() == "ok" {
			return
		}
		if got.Code != want.Code || got.Header().Get("Location") != want.Header().Get("Location") || got.Header().Get("Allow") != want.Header().Get("Allow") {
			t.Errorf("%q: %d %v, ServeMux: %d %v", line, got.Code, got.Header(), want.Code, want.Header())
		}
		if want.Code == http.StatusOK && got.Body.String() != want.Body.String() && r.Method != http.MethodHead {
			t.Errorf("%q: %q, ServeMux: %q", line, got.Body, want.Body)
		}
	})
}
