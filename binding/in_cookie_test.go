package binding_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

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
		{name: "quote in a value", lines: []string{`session=s"t`}, session: `s"t`},
		{name: "JSON", lines: []string{`a=b; session={"theme":"dark","n":[1, 2]}`}, session: `{"theme":"dark","n":[1, 2]}`},
		{name: "a JSON string", lines: []string{`session="dark"`}, session: "dark"},
		{name: "quoted strings", lines: []string{`session="a","b"`}, session: `"a","b"`},
		{name: "one quote", lines: []string{`session="`}, session: `"`},
		{name: "backslash", lines: []string{`session=a\b`}, session: `a\b`},
		{name: "beyond ASCII", lines: []string{"session=\u00e9"}, session: "\u00e9"},
		{name: "tab", lines: []string{"session=a\tb"}, session: "a\tb"},
		{name: "not UTF-8", lines: []string{"session=\xff"}, told: []string{"malformed", "cookie.session type: must be text in UTF-8"}},
		{name: "line break", lines: []string{"session=a\nb"}, told: []string{"malformed", "cookie.session syntax: must be a cookie value without control characters (RFC 6265 section 5.2)"}},
		{name: "broken element of a list", lines: []string{"all=s; all=\x7f"}, told: []string{"malformed", "cookie.all[1] syntax: must be a cookie value without control characters (RFC 6265 section 5.2)"}},
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

// FuzzCookie compares the scan with net/http, which reads what the grammar for servers
// allows, and with a browser, which sends back all it has kept.
func FuzzCookie(f *testing.F) {
	for _, seed := range []string{"1", `"x"`, `""`, "", "=", " b ", "\x80", `"`, `{"a": 1}`, `"a" "b"`, "a\x00", "\t", "\u00e9", "\"\u00e9\"", `"\"`} {
		f.Add(seed)
	}
	type in struct {
		A []string `cookie:"a"`
	}
	codec := compileIn[in](f)
	f.Fuzz(func(t *testing.T, value string) {
		value = strings.Trim(strings.ReplaceAll(value, ";", ""), " \t\r\n")
		var got in
		err := codec.Bind(t.Context(), &got, withHeader("Cookie", "b=1; a="+value), binding.Limits{}, nil)
		want := value // of what net/http refuses; quotes around it are taken off there too
		if within := strings.TrimSuffix(strings.TrimPrefix(value, `"`), `"`); len(within) == len(value)-2 && !strings.Contains(within, `"`) {
			want = within
		}
		request := http.Request{Header: http.Header{"Cookie": {"a=" + value}}}
		if c, err := request.Cookie("a"); err == nil {
			want = c.Value
		}
		readable := utf8.ValidString(value) && !strings.ContainsFunc(value, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f })
		if readable != (err == nil) || readable && !slices.Equal(got.A, []string{want}) {
			t.Fatalf("%q: bound %q and %v, want %q", value, got.A, err, want)
		}
	})
}
