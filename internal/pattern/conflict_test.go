package pattern_test

import "testing"

func TestConflicts(t *testing.T) {
	tests := []struct{ name, p, q, witness string }{
		{"same", "GET /a", "GET /a", "GET /a"},
		{"same but for the names", "/a/{x}", "/a/{y}", "GET /a/x"},
		{"crossed wildcards", "GET /{x}/b", "GET /a/{y}", "GET /a/b"},
		{"any method with a narrower path", "/a", "GET /{x}", "GET /a"},
		{"GET against HEAD with a narrower path", "GET /a", "HEAD /{x}", "HEAD /a"},
		{"wildcard before a subtree", "/{x}/{y}", "/a/", "GET /a/y"},
		{"subtree of any method and its end", "/a/", "GET /{x}/{$}", "GET /a/"},
		{"rest and trailing slash", "/a/{rest...}", "/a/", "GET /a/"},
		{"escapes stay escaped", "/{x}/a%2Fb%20", "/%2E%2E/{y}", "GET /%2E%2E/a%2Fb%20"},
		{"more specific literal", "/a", "/{x}", ""},
		{"more specific method", "GET /a", "/a", ""},
		{"HEAD is more specific than GET", "GET /a", "HEAD /a", ""},
		{"longer subtree", "/a/", "/a/b/", ""},
		{"end of a path and wildcard", "/a/{$}", "/a/{x}", ""},
		{"different methods", "GET /a", "POST /a", ""},
		{"different length", "/a/{x}", "/a/{x}/b", ""},
		{"root of a subtree", "/a", "/a/", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, q := parse(t, tt.p), parse(t, tt.q)
			witness, conflict := p.Conflicts(q)
			if witness != tt.witness || conflict != (tt.witness != "") {
				t.Errorf("Conflicts(%s, %s) = %q, %t; want %q", p, q, witness, conflict, tt.witness)
			}
			if _, back := q.Conflicts(p); back != conflict {
				t.Errorf("Conflicts(%s, %s) = %t, but %t the other way round", q, p, back, conflict)
			}
		})
	}
}

func TestMoreSpecific(t *testing.T) {
	for _, tt := range []struct {
		p, q string
		want bool
	}{
		{"/a/b", "/a/{x}", true}, {"/a/{x}", "/a/b", false}, {"/a/{x}", "/a/{y}", false}, {"/a/{x}", "/a/{rest...}", true},
		{"GET /a", "/a", true}, {"HEAD /a", "GET /a", true}, {"GET /a", "POST /a", false}, {"GET /a/{x}", "/a/b", false},
		{"/a/b", "/c/{x}", false}, {"/a/{$}", "/a/", true}, {"GET /a/{rest...}", "GET /{rest...}", true},
	} {
		if got := parse(t, tt.p).MoreSpecific(parse(t, tt.q)); got != tt.want {
			t.Errorf("%s is more specific than %s: %t, want %t", tt.p, tt.q, got, tt.want)
		}
	}
}
