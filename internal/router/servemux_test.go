package router_test

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/router"
)

// The router is compared with a plain ServeMux behind httptest, which parses
// requests as the server does.

var (
	routePieces = []string{"a", "b", "{x}", "{y}", "{z}", "%2F", "c%20d"}
	routeEnds   = []string{"", "", "", "/", "/{$}", "/{rest...}"}
	pathPieces  = []string{"a", "b", "x", "", ".", "..", "%2F", "%2e%2E", "a%2Fb", "c%20d", "c+d", "%C3%A9", "é", "(!)", "%00", `"`, ";v=1"}
	methods     = []string{"GET", "GET", "HEAD", "POST", "OPTIONS", "CONNECT"}
	queries     = []string{"", "", "a=1", "a=%2F&b=+", "//x/../y", "a;b", "é", "?"}
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

func somePath(r *rand.Rand, pieces, ends []string) string {
	var b strings.Builder
	for range r.IntN(4) {
		b.WriteString("/" + pick(r, pieces))
	}
	b.WriteString(pick(r, ends))
	if b.Len() == 0 {
		return "/"
	}
	return b.String()
}

// plain is a ServeMux and what its handlers saw.
type plain struct {
	mux     *http.ServeMux
	pattern string
	values  map[string]string
}

var names = []string{"x", "y", "z", "rest"}

// add registers the pattern unless it is wrong or conflicts.
func (p *plain) add(pattern string) (ok bool) {
	defer func() { ok = recover() == nil }()
	p.mux.HandleFunc(pattern, func(_ http.ResponseWriter, r *http.Request) {
		p.pattern = pattern
		for _, name := range names {
			p.values[name] = r.PathValue(name)
		}
	})
	return true
}

func (p *plain) serve(r *http.Request) *http.Response {
	p.pattern, p.values = "", map[string]string{}
	rec := httptest.NewRecorder()
	p.mux.ServeHTTP(rec, r)
	return rec.Result()
}

func someRoutes(r *rand.Rand) (*plain, []string) {
	p := &plain{mux: http.NewServeMux()}
	var patterns []string
	for range 12 {
		pattern := pick(r, []string{"", "GET ", "GET ", "HEAD ", "POST "}) + somePath(r, routePieces, routeEnds)
		if p.add(pattern) {
			patterns = append(patterns, pattern)
		}
	}
	return p, patterns
}

func TestMatchAsServeMux(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	seen := map[int]int{}
	for range 400 {
		p, patterns := someRoutes(rnd)
		r := newRouter(t, patterns...)
		for range 50 {
			method, path, query := pick(rnd, methods), somePath(rnd, pathPieces, []string{"", "/"}), pick(rnd, queries)
			seen[checkMatch(t, p, r, method, path, query)]++
		}
	}
	for _, status := range []int{200, 307, 404, 405} {
		if seen[status] < 200 {
			t.Errorf("only %d of the generated requests get %d: the test has become weak", seen[status], status)
		}
	}
}

func checkMatch(t *testing.T, p *plain, r *router.Router[string], method, path, query string) (status int) {
	t.Helper()
	target := path
	if query != "" {
		target += "?" + query
	}
	req := httptest.NewRequest(method, target, nil)
	if method == "CONNECT" && strings.Contains(req.URL.EscapedPath(), "//") {
		return 0 // ServeMux loses values here, and its PathValue can panic
	}
	want := p.serve(req)
	m := r.Match(method, path, query)
	if m.Found != (p.pattern != "") || m.Pattern != p.pattern {
		t.Fatalf("%s %s: found %t %q, ServeMux says %q", method, target, m.Found, m.Pattern, p.pattern)
	}
	for name, value := range p.values {
		if got := m.PathValue(name); got != value {
			t.Fatalf("%s %s: PathValue(%s) = %q, ServeMux says %q", method, target, name, got, value)
		}
	}
	if !m.Found {
		checkRefusal(t, method+" "+target, m, want)
	}
	return want.StatusCode
}

func checkRefusal(t *testing.T, request string, m router.Match[string], want *http.Response) {
	t.Helper()
	allow, location := want.Header.Get("Allow"), want.Header.Get("Location")
	if m.Status != want.StatusCode || m.Allow != allow || m.Location != location {
		t.Fatalf("%s: %d, Allow %q, Location %q; ServeMux says %d, %q, %q", request, m.Status, m.Allow, m.Location, want.StatusCode, allow, location)
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("GET", "/a/b%2Fc//../d/", "q=1")
	f.Add("CONNECT", "//\"/%2F", "")
	f.Add("OPTIONS", "*", "")
	f.Add("", "", "\n")
	patterns := []string{"GET /{$}", "/a/{x}/{y}", "POST /a/{x}", "/b/", "GET /c/{rest...}", "CONNECT /d/{x}/{y}", "GET /%2F/{z}"}
	r := newRouter(f, patterns...)
	f.Fuzz(func(t *testing.T, method, path, query string) {
		m := r.Match(method, path, query)
		if m.Found == (m.Status != 0) {
			t.Fatalf("found %t and status %d", m.Found, m.Status)
		}
		u, err := url.ParseRequestURI(path)
		if err != nil || strings.Contains(path, "?") || !strings.HasPrefix(path, "/") {
			return // a server would not have handed this path over
		}
		u.RawQuery = query
		req := &http.Request{Method: method, URL: u}
		if m.Status == http.StatusBadRequest || method == "CONNECT" {
			return
		}
		p := &plain{mux: http.NewServeMux()}
		for _, pattern := range patterns {
			p.add(pattern)
		}
		want := p.serve(req)
		if m.Pattern != p.pattern || !m.Found && m.Status != want.StatusCode || m.Location != want.Header.Get("Location") {
			t.Fatalf("%+v, ServeMux says %q, %d", m, p.pattern, want.StatusCode)
		}
	})
}
