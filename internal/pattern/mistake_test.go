package pattern_test

import (
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/pattern"
)

func TestPatternsThatMatchNothingAsTheyAreMeant(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"a method in lower case":            {"get /a", `the method "get" is not one of HTTP, did you mean GET?`},
		"a method with a letter too many":   {"GETT /a", "did you mean GET?"},
		"a method with a letter too few":    {"DELTE /a", "did you mean DELETE?"},
		"a method with another letter":      {"PUB /a", ""},
		"a method with two changed about":   {"PTACH /a", "did you mean PATCH?"},
		"a query":                           {"GET /b?x=1", `"?x=1" is no part of a path`},
		"a fragment":                        {"GET /b#top", `"#top" is no part of a path`},
		"a wildcard of another router":      {"GET /c/:id", `the segment ":id" matches only itself: write {id} for a wildcard, or %3Aid for a colon`},
		"one in the middle":                 {"/c/:order_id/items", "write {order_id}"},
		"a star":                            {"GET /files/*", "write {rest...}"},
		"a space":                           {"GET /f f", ""},
		"a space at the end":                {"GET /f ", "ends with white space"},
		"a line break":                      {"GET /f\n", "ends with white space"},
		"the place of calls between units":  {"POST /.anygrain/call/orders.get", "are those of calls between units"},
		"a tree around it":                  {"/.anygrain/", "are those of calls between units"},
		"a custom method":                   {"PURGE /a", ""},
		"a custom method in lower case":     {"purge /a", ""},
		"words of their own":                {"SET /a", ""},
		"another word":                      {"READ /a", ""},
		"one that begins as a standard one": {"PROPPATCH /a", ""},
		"a standard method":                 {"CONNECT /a", ""},
		"no method":                         {"/a", ""},
		"a colon within a segment":          {"POST /orders:batch", ""},
		"a colon that is meant":             {"GET /c/%3Aid", ""},
		"a colon before a number":           {"GET /c/:1", ""},
		"escapes":                           {"GET /f%20f/%3Fx/%2A", ""},
		"a name that begins as ours":        {"GET /.anygrains", ""},
		"a wildcard that takes it all":      {"/{rest...}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := pattern.Parse(test.in); err != nil {
				t.Fatalf("this is for patterns that parse: %v", err)
			}
			err := pattern.Mistake(test.in)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("Mistake(%q) is %v, want %q", test.in, err, test.want)
			}
		})
	}
}
