package pattern_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/pattern"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, in, canonical string
		wildcards           []string
	}{
		{"root", "/", "/", nil},
		{"root alone", "GET /{$}", "GET /{$}", nil},
		{"method and wildcard", "GET /orders/{id}", "GET /orders/{id}", []string{"id"}},
		{"several wildcards keep their order", "/{b}/x/{a}", "/{b}/x/{a}", []string{"b", "a"}},
		{"rest of the path", "/files/{rest...}", "/files/{rest...}", []string{"rest"}},
		{"trailing slash", "GET /static/", "GET /static/", nil},
		{"white space behind the method", "GET \t /a", "GET /a", nil},
		{"white space in front", " /a", "/a", nil},
		{"needless escape", "/%61", "/a", nil},
		{"needed escapes", "/a%20b/%7Bc%7D", "/a%20b/%7Bc%7D", nil},
		{"escape that is none", "/100%", "/100%25", nil},
		{"escaped dots stay escaped", "/%2e/%2e%2e", "/%2E/%2E%2E", nil},
		{"escaped slash inside", "/%2F/a", "/%2F/a", nil},
		{"escaped slash at the end is {$}, as in ServeMux", "/a/%2F", "/a/{$}", nil},
		{"letters of any script", "/preis/{größe}", "/preis/{größe}", []string{"größe"}},
		{"any method", "purge /a", "purge /a", nil},
		{"unclean path of CONNECT", "CONNECT //a/../b", "CONNECT //a/%2E%2E/b", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := pattern.Parse(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if p.String() != tt.canonical {
				t.Errorf("String() = %q, want %q", p, tt.canonical)
			}
			if got := p.Wildcards(); !slices.Equal(got, tt.wildcards) {
				t.Errorf("Wildcards() = %q, want %q", got, tt.wildcards)
			}
		})
	}
}

func TestParseError(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", "the pattern is empty"},
		{"method alone", "GET", `a path is missing after the method GET: expected "GET /"`},
		{"method and space", "GET ", "offset 4: a path is missing"},
		{"no slash", "GET orders", `offset 4: the path "orders" has no slash in front: expected "/orders"`},
		{"wildcard without slash", "GET {id}/x", `expected "/{id}/x"`},
		{"host", "GET example.com/a", `routes have no host, and "example.com" stands before the path "/a"`},
		{"forgotten slash looks like a host", "GET orders/{id}", `or write "/orders/{id}"`},
		{"bad method", "GE(T /a", `offset 0: the method "GE(T" contains '('`},
		{"space in the path", "/a b", "offset 0: a path cannot contain white space"},
		{"empty segment", "GET /a//b", `is unclean and can never match, because hosts clean the paths of requests first: expected "/a/b"`},
		{"dot segment of any method", "/a/../b", `expected "/b"`},
		{"wildcard inside a segment", "/a/x{id}", `offset 4: the wildcard in "x{id}" is only a part`},
		{"unclosed wildcard", "/a/{id", "offset 6: the wildcard \"{id\" does not end in a brace"},
		{"text behind the wildcard", "/a/{id}x", "does not end in a brace"},
		{"two wildcards in a segment", "/a/{b}{c}", `the wildcard name "b}{c" is not a Go identifier`},
		{"no name", "/a/{}", "offset 4: the wildcard has no name"},
		{"no name before dots", "/a/{...}", "the wildcard has no name"},
		{"name with a dash", "/{order-id}", `offset 2: the wildcard name "order-id" is not a Go identifier`},
		{"name that starts with a digit", "/{1a}", "a digit not first"},
		{"duplicate name", "/{a}/b/{a}", `offset 8: the wildcard name "a" is there twice`},
		{"rest is not last", "/{a...}/b", "expected nothing behind it, or {a}"},
		{"rest before a trailing slash", "/{a...}/", "takes the rest of the path"},
		{"end is not last", "/{$}/a", "{$} is the end of a path"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := pattern.Parse(tt.in)
			if err == nil {
				t.Fatalf("Parse(%q) = %q, want an error", tt.in, p)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse(%q):\n got %s\nwant %s", tt.in, err, tt.want)
			}
		})
	}
}

func TestSegments(t *testing.T) {
	p := parse(t, "GET /a%20b/{id}/{rest...}")
	want := []pattern.Segment{{Literal: "a b"}, {Wildcard: "id"}, {Wildcard: "rest", Multi: true}}
	if got := p.Segments(); !slices.Equal(got, want) {
		t.Errorf("Segments() = %+v, want %+v", got, want)
	}
	want = []pattern.Segment{{Literal: "a"}, {End: true}}
	if got := parse(t, "/a/{$}").Segments(); !slices.Equal(got, want) {
		t.Errorf("Segments() of {$} = %+v, want %+v", got, want)
	}
	want = []pattern.Segment{{Literal: "a"}, {Multi: true}}
	if got := parse(t, "/a/").Segments(); !slices.Equal(got, want) {
		t.Errorf("Segments() of a trailing slash = %+v, want %+v", got, want)
	}
}

func parse(t testing.TB, s string) *pattern.Pattern {
	t.Helper()
	p, err := pattern.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
