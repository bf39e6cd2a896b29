package router_test

import (
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/router"
)

func newRouter(t testing.TB, patterns ...string) *router.Router[string] {
	t.Helper()
	r, err := router.New(routes(patterns))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// routes gives every pattern itself as its value.
func routes(patterns []string) []router.Route[string] {
	rs := make([]router.Route[string], len(patterns))
	for i, p := range patterns {
		rs[i] = router.Route[string]{Pattern: p, Value: p}
	}
	return rs
}

func TestNewReportsEverything(t *testing.T) {
	_, err := router.New(routes([]string{"GET /a/{x}", "GET orders", "GET /{y}/b", "GET /{z}/c", "GET /a/{$}", "/x/{y...}/z", "GET /{y}/b"}))
	if err == nil {
		t.Fatal("New took routes that conflict")
	}
	for _, want := range []string{
		`"GET orders" at offset 4: the path "orders" has no slash in front`,
		`the routes "GET /a/{x}" and "GET /{y}/b" both match "GET /a/b"`,
		`the routes "GET /a/{x}" and "GET /{z}/c" both match "GET /a/c"`,
		`"/x/{y...}/z" at offset 4: the wildcard {y...}`,
		`the routes "GET /{y}/b" and "GET /{y}/b" both match "GET /y/b"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say\n%s\nbut\n%s", want, err)
		}
	}
	if strings.Contains(err.Error(), "{$}") {
		t.Errorf("the error names a route that is fine:\n%s", err)
	}
}

func TestMatch(t *testing.T) {
	r := newRouter(t, "GET /orders/{id}", "POST /orders", "/files/{rest...}", "GET /static/", "GET /five/{a}/{b}/{c}/{d}/{e}", "OPTIONS /cors", "CONNECT /b/{x}/{y}")
	type values map[string]string
	tests := []struct {
		name, method, path, query string
		pattern                   string
		status                    int
		allow, location           string
		values                    values
	}{
		{name: "found", method: "GET", path: "/orders/7", pattern: "GET /orders/{id}", values: values{"id": "7", "other": ""}},
		{name: "HEAD finds GET", method: "HEAD", path: "/orders/7", pattern: "GET /orders/{id}", values: values{"id": "7"}},
		{name: "encoded slash stays inside", method: "GET", path: "/orders/a%2Fb", pattern: "GET /orders/{id}", values: values{"id": "a/b"}},
		{name: "plus, space and percent", method: "GET", path: "/orders/a+b%20c%25", pattern: "GET /orders/{id}", values: values{"id": "a+b c%"}},
		{name: "encoded dots are a name", method: "GET", path: "/orders/%2e%2e", pattern: "GET /orders/{id}", values: values{"id": ".."}},
		{name: "rest", method: "PUT", path: "/files/a/b%2Fc", pattern: "/files/{rest...}", values: values{"rest": "a/b/c"}},
		{name: "many values", method: "GET", path: "/five/1/2/3/4/5", pattern: "GET /five/{a}/{b}/{c}/{d}/{e}", values: values{"a": "1", "d": "4", "e": "5"}},
		{name: "not found", method: "GET", path: "/nowhere", status: 404},
		{name: "other method", method: "DELETE", path: "/orders", status: 405, allow: "POST"},
		{name: "GET allows HEAD", method: "POST", path: "/orders/7", status: 405, allow: "GET, HEAD"},
		{name: "OPTIONS is a method like others", method: "OPTIONS", path: "/orders/7", status: 405, allow: "GET, HEAD"},
		{name: "OPTIONS where it is registered", method: "OPTIONS", path: "/cors", pattern: "OPTIONS /cors"},
		{name: "trailing slash", method: "GET", path: "/static", query: "a=1&b=%2F", status: 307, location: "/static/?a=1&b=%2F"},
		{name: "unclean path", method: "POST", path: "//a/../orders", query: "q", status: 307, location: "/orders?q"},
		{name: "invalid escape", method: "GET", path: "/orders/%zz", status: 400},
		{name: "broken escape", method: "GET", path: "/orders/%2", status: 400},
		{name: "control character", method: "GET", path: "/orders/\x00", status: 400},
		{name: "line break in the query", method: "GET", path: "/static", query: "a\r\nb", status: 400},
		{name: "asterisk", method: "OPTIONS", path: "*", status: 400},
		{name: "no slash", method: "GET", path: "orders/7", status: 400},
		{name: "empty path", method: "GET", path: "", status: 307, location: "/"},
		{name: "CONNECT with an empty path", method: "CONNECT", path: "", status: 404},
		{name: "CONNECT", method: "CONNECT", path: "/files/a", pattern: "/files/{rest...}", values: values{"rest": "a"}},
		{name: "CONNECT with an empty segment", method: "CONNECT", path: "/files//a", status: 404},
		{name: "CONNECT with an empty parameter", method: "CONNECT", path: "/b//c", status: 404},
		{name: "CONNECT with slashes that lose their escape", method: "CONNECT", path: `/b/%2F/"`, status: 404},
		{name: "no method", method: "", path: "/files/a", pattern: "/files/{rest...}", values: values{"rest": "a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := r.Match(tt.method, tt.path, tt.query)
			if m.Found != (tt.pattern != "") || m.Pattern != tt.pattern || m.Value != tt.pattern {
				t.Errorf("found %t, pattern %q, value %q; want pattern %q", m.Found, m.Pattern, m.Value, tt.pattern)
			}
			if m.Status != tt.status || m.Allow != tt.allow || m.Location != tt.location {
				t.Errorf("status %d, allow %q, location %q; want %d, %q, %q", m.Status, m.Allow, m.Location, tt.status, tt.allow, tt.location)
			}
			for name, want := range tt.values {
				if got := m.PathValue(name); got != want {
					t.Errorf("PathValue(%q) = %q, want %q", name, got, want)
				}
			}
		})
	}
}

// A match is the caller's: later matches, which use the same memory inside,
// do not change it.
func TestMatchIsKept(t *testing.T) {
	r := newRouter(t, "GET /{a}/{b}/{c}/{d}/{e}", "POST /x")
	kept := r.Match("GET", "/1/2/3/4/5", "")
	not := r.Match("GET", "/x", "")
	for range 100 {
		r.Match("GET", "/6/7/8/9/0", "")
		r.Match("POST", "/1/2/3/4/5", "")
	}
	if kept.PathValue("a")+kept.PathValue("e") != "15" {
		t.Errorf("values have become %q and %q", kept.PathValue("a"), kept.PathValue("e"))
	}
	if not.Status != 405 || not.Allow != "POST" {
		t.Errorf("the answer has become %d %q", not.Status, not.Allow)
	}
}

func TestMatchConcurrently(t *testing.T) {
	r := newRouter(t, "GET /a/{x}", "POST /b/{y}")
	t.Run("group", func(t *testing.T) {
		for _, id := range []string{"1", "2", "3", "4"} {
			t.Run(id, func(t *testing.T) {
				t.Parallel()
				for range 500 {
					if m := r.Match("GET", "/a/"+id, ""); m.PathValue("x") != id {
						t.Errorf("got the value %q of another request than %q", m.PathValue("x"), id)
					}
					if m := r.Match("GET", "/b/"+id, ""); m.Allow != "POST" {
						t.Errorf("Allow = %q", m.Allow)
					}
				}
			})
		}
	})
}
