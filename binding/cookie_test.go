package binding_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

func joined(values []string) string { return strings.Join(values, "|") }

func TestCookies(t *testing.T) {
	type in struct {
		Session string   `cookie:"session"`
		All     []string `cookie:"all"`
		N       int      `cookie:"n" default:"3"`
	}
	tests := []struct {
		name    string
		lines   []string
		session string
		all     string
		told    []string
	}{
		{name: "none"},
		{name: "among others", lines: []string{"a=b; session=s; c=d"}, session: "s"},
		{name: "in several lines, as HTTP/2 may send them", lines: []string{"a=b", "session=s"}, session: "s"},
		{name: "quoted", lines: []string{`session="s"`}, session: "s"},
		{name: "without spaces", lines: []string{`a=b;session=s;`}, session: "s"},
		{name: "first of one name", lines: []string{"session=s; session=t"}, session: "s"},
		{name: "all of one name", lines: []string{"all=s; all=t"}, all: "s|t"},
		{name: "equals sign in a value", lines: []string{"session=s=="}, session: "s=="},
		{name: "spaces and commas in a value", lines: []string{"session=s t,u"}, session: "s t,u"},
		{name: "names differ by case", lines: []string{"Session=s"}},
		{name: "percent is not decoded", lines: []string{"session=%20"}, session: "%20"},
		{name: "quote in a value", lines: []string{`session=s"t`}, told: []string{"malformed", "cookie.session syntax: must be a cookie value (RFC 6265 section 4.1.1)"}},
		{name: "broken element of a list", lines: []string{"all=s; all=\x7f"}, told: []string{"malformed", "cookie.all[1] syntax: must be a cookie value (RFC 6265 section 4.1.1)"}},
		{name: "broken cookie that is not asked for", lines: []string{"a=\\; session=s"}, session: "s"},
		{name: "number", lines: []string{"n=x"}, told: []string{"malformed", "cookie.n type: must be an integer"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := bind[in](t, withHeader("Cookie", tt.lines...))
			wantTold(t, err, tt.told...)
			if err == nil && (got.Session != tt.session || joined(got.All) != tt.all || got.N != 3) {
				t.Errorf("bound %+v", got)
			}
		})
	}
}

// FuzzCookie compares the scan with net/http, which leaves out what it cannot
// read where Bind refuses it.
func FuzzCookie(f *testing.F) {
	for _, seed := range []string{"a=1; b=2; a=3", `a="x"; a=""`, "a", "=;a==", "a = b ;c", "a=\x80", `a="`} {
		f.Add(seed)
	}
	type in struct {
		A []string `cookie:"a"`
	}
	plan := compileIn[in](f)
	f.Fuzz(func(t *testing.T, line string) {
		var got in
		err := plan.Bind(t.Context(), &got, withHeader("Cookie", line), binding.Limits{}, nil)
		request := http.Request{Header: http.Header{"Cookie": {line}}}
		var want []string
		for _, c := range request.CookiesNamed("a") {
			want = append(want, c.Value)
		}
		if err == nil && !slices.Equal(got.A, want) {
			t.Fatalf("%q: bound %q, want %q", line, got.A, want)
		}
		if err != nil && len(want) == strings.Count(line, "a") {
			t.Fatalf("%q: %v, want %q", line, err, want)
		}
	})
}
