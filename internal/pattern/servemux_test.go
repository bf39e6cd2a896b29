package pattern_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/pattern"
)

// The tests in this file hold the package to net/http's ServeMux, which is the
// definition of the grammar.

// pieces are the segments that generated patterns and paths are made of: few,
// so that they meet, with all the corners.
var (
	patternPieces = []string{"a", "b", "%61", "{x}", "{y}", "{z}", "%2F", "a%2Fb", "%2E%2e", "x", "{b}", "c%20d", "100%"}
	patternEnds   = []string{"", "", "/", "/{$}", "/{rest...}"}
	pathPieces    = []string{"a", "b", "x", "%61", "%2F", "a%2Fb", "%2E%2E", "c%20d", "c+d", "%C3%A9", "100%25", "y"}
	methods       = []string{"", "", "GET", "GET", "HEAD", "POST", "CONNECT"}
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

func somePattern(r *rand.Rand) string {
	return strings.TrimSpace(pick(r, methods) + " " + somePath(r, patternPieces, patternEnds))
}

func TestConflictsAsServeMux(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	conflicts := 0
	for range 40_000 {
		p, perr := pattern.Parse(somePattern(r))
		q, qerr := pattern.Parse(somePattern(r))
		if perr != nil || qerr != nil {
			continue
		}
		if checkConflict(t, p, q) {
			conflicts++
		}
	}
	if conflicts < 1000 {
		t.Errorf("only %d of the generated pairs conflict: the test has become weak", conflicts)
	}
}

// checkConflict compares the verdict and holds the witness against both.
func checkConflict(t *testing.T, p, q *pattern.Pattern) bool {
	t.Helper()
	mux := http.NewServeMux()
	if err := register(mux, p.String()); err != nil {
		t.Fatalf("ServeMux refuses %s: %v", p, err)
	}
	err := register(mux, q.String())
	witness, conflict := p.Conflicts(q)
	if conflict != (err != nil) {
		t.Fatalf("Conflicts(%s, %s) = %t, ServeMux says %v", p, q, conflict, err)
	}
	if conflict {
		checkWitness(t, witness, p, q)
	}
	return conflict
}

func checkWitness(t *testing.T, witness string, patterns ...*pattern.Pattern) {
	t.Helper()
	method, path, _ := strings.Cut(witness, " ")
	for _, p := range patterns {
		mux := http.NewServeMux()
		if err := register(mux, p.String()); err != nil {
			t.Fatal(err)
		}
		req := httptest.NewRequest(method, path, nil)
		if _, got := mux.Handler(req); got != p.String() {
			t.Fatalf("the witness %q of %s is not served by %s", witness, patterns, p)
		}
		if rec := serve(mux, req); rec.Code != http.StatusOK {
			t.Fatalf("the witness %q is answered %d by %s", witness, rec.Code, p)
		}
	}
}

func TestMatchAsServeMux(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	matches := 0
	for range 40_000 {
		p, err := pattern.Parse("POST " + somePath(r, patternPieces, patternEnds))
		if err != nil {
			continue
		}
		if checkMatch(t, p, somePath(r, pathPieces, []string{"", "/"})) {
			matches++
		}
	}
	if matches < 1000 {
		t.Errorf("only %d of the generated paths match: the test has become weak", matches)
	}
}

func checkMatch(t *testing.T, p *pattern.Pattern, path string) bool {
	t.Helper()
	want, served := muxValues(t, p, path)
	got, match := p.Match(path, nil)
	if match != served || !slices.Equal(got, want) {
		t.Fatalf("Match(%s, %s) = %q, %t; ServeMux says %q, %t", p, path, got, match, want, served)
	}
	return match
}

// muxValues asks a ServeMux with that pattern alone.
func muxValues(t *testing.T, p *pattern.Pattern, path string) (values []string, served bool) {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc(p.String(), func(_ http.ResponseWriter, r *http.Request) {
		served = true
		for _, name := range p.Wildcards() {
			values = append(values, r.PathValue(name))
		}
	})
	serve(mux, httptest.NewRequest("POST", path, nil))
	return values, served
}

func serve(mux *http.ServeMux, r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	mux.ServeHTTP(rec, r)
	return rec
}

func register(mux *http.ServeMux, p string) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%v", v)
		}
	}()
	mux.HandleFunc(p, func(http.ResponseWriter, *http.Request) {})
	return nil
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "GET", "GET /", "GET  \t/a/{b}/{c...}", "/{$}", "a/b", "/{a}/{a}", "/%2F", "/%zz/{é}", "//", "/./a", "CONNECT //a", " /a", "/{a...}/", "{a}/b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := pattern.Parse(s)
		muxErr := register(http.NewServeMux(), s)
		switch {
		case err == nil && muxErr != nil:
			t.Fatalf("Parse(%q) = %s, ServeMux refuses it: %v", s, p, muxErr)
		case err != nil && muxErr == nil && !refusedOnPurpose(s):
			t.Fatalf("Parse(%q): %v, ServeMux takes it", s, err)
		case err == nil:
			checkCanonical(t, s, p)
		}
	})
}

// refusedOnPurpose reports whether the pattern has a host, or an unclean path
// and no method.
func refusedOnPurpose(s string) bool {
	i := strings.IndexAny(s, " \t")
	rest := strings.TrimLeft(s[i+1:], " \t")
	if !strings.HasPrefix(rest, "/") {
		return true
	}
	return i <= 0 && !isClean(rest)
}

func isClean(p string) bool {
	c := path.Clean(p)
	return c == p || c != "/" && c+"/" == p
}

// checkCanonical checks that the canonical form is stable and means the same:
// ServeMux calls the two equivalent, and they give the same values.
func checkCanonical(t *testing.T, s string, p *pattern.Pattern) {
	t.Helper()
	again, err := pattern.Parse(p.String())
	if err != nil || again.String() != p.String() {
		t.Fatalf("canonical form of %q: %s gives %v, %v", s, p, again, err)
	}
	mux := http.NewServeMux()
	if err := register(mux, s); err != nil {
		t.Fatal(err)
	}
	if err := register(mux, p.String()); err == nil || !strings.Contains(err.Error(), "matches the same requests") {
		t.Fatalf("the canonical form of %q is %s, which ServeMux takes for another pattern: %v", s, p, err)
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("/{a}/b/{c...}", "/x%2F/b/c//d/")
	f.Add("/%2F", "/%2f")
	f.Fuzz(func(t *testing.T, s, path string) {
		p, err := pattern.Parse("POST " + s)
		if err != nil || !cleanTarget(path) {
			return
		}
		checkMatch(t, p, path)
	})
}

// cleanTarget reports whether the path may be a request's, clean as hosts hand it over.
func cleanTarget(p string) bool {
	u, err := url.Parse("http://host" + p)
	if err != nil || u.EscapedPath() != p || strings.ContainsAny(p, " \r\n") {
		return false
	}
	return isClean(p)
}
