package binding_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/anygrain/anygrain/binding"
)

func TestQuery(t *testing.T) {
	const syntax = "query.v syntax: must have other characters as %XX: a semicolon as %3B, a percent sign as %25"
	cases := []textCase{
		reads("plus is a space", "v=a+b", "a b"),
		reads("%20 is a space", "v=a%20b", "a b"),
		reads("%2F is a slash", "v=a%2Fb", "a/b"),
		reads("%26 does not separate", "v=a%26v=b", "a&v=b"),
		reads("equals sign in a value", "v=a=b", "a=b"),
		reads("escaped name", "%76=a", "a"),
		reads("empty pairs", "&&v=a&&", "a"),
		reads("names differ by case", "V=b&v=a", "a"),
		reads("unknown names pass", "x=1&v=a&y", "a"),
		reads("name that begins alike", "vv=b&v=a", "a"),
		refuses[string]("broken escape", "v=%zz", syntax),
		refuses[string]("cut escape", "v=a%2", syntax),
		reads("broken escape in a name", "%=1&v=a", "a"),
		reads("broken escape in another value", "v=a&x=100%", "a"),
		reads("semicolon in another value", "v=a+b&utm_content=a;b", "a b"),
		reads("semicolon before a name", "x=1;v=b&v=a", "a"),
		reads("semicolons and nothing", ";&v=a&;=;", "a"),
		refuses[string]("broken escape beside a good one", "v=%zz&v=a", syntax, "query.v duplicate: must be given once"),
		refuses[[]string]("broken elements of a list", "v=a&v=%zz&x=%&v=;", strings.Replace(syntax, ".v", ".v[1]", 1), strings.Replace(syntax, ".v", ".v[2]", 1)),
		refuses[string]("escaped name, broken value", "%76=%zz", syntax),
		refuses[string]("semicolon", "v=a;w=b", syntax),
	}
	for _, c := range cases {
		t.Run(c.name, c.run)
	}
}

func TestBrokenQueryHidesItsRules(t *testing.T) {
	type in struct {
		A string `query:"a" validate:"required"`
		B string `header:"b" validate:"required"`
	}
	var dst in
	err := compileIn[in](t).Bind(t.Context(), &dst, withQuery("a=%"), binding.Limits{}, minimum{})
	wantTold(t, err, "malformed",
		"query.a syntax: must have other characters as %XX: a semicolon as %3B, a percent sign as %25",
		"header.B required: is required")
}

func TestQueryIsNotReadForNothing(t *testing.T) {
	type in struct {
		A string `header:"a"`
	}
	_, err := bind[in](t, withQuery("x=%"))
	wantTold(t, err)
}

// FuzzQuery compares the scan with net/url, which makes a map.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{"a=1&a=2&b=3", "a=%20+&=&b", "a;b=1", "%61=x&a=%zz", "a=\xff", "b=1&b=2", "a=1&x=%", "a=1&x=;&b=%3B"} {
		f.Add(seed)
	}
	type in struct {
		A []string `query:"a"`
		B []byte   `query:"b"`
	}
	codec := compileIn[in](f)
	f.Fuzz(func(t *testing.T, query string) {
		var got in
		err := codec.Bind(t.Context(), &got, withQuery(query), binding.Limits{}, nil)
		want, urlErr := url.ParseQuery(query)
		if urlErr != nil {
			if err == nil && !strings.Contains(urlErr.Error(), "limit") && (!slices.Equal(got.A, want["a"]) || string(got.B) != want.Get("b")) {
				t.Fatalf("%q: bound %q, want what net/url reads of the others, %q, since %v", query, got, want, urlErr)
			}
			return
		}
		if len(want["b"]) > 1 || slices.ContainsFunc(want["a"], func(s string) bool { return !utf8.ValidString(s) }) {
			if err == nil {
				t.Fatalf("Bind accepts %q", query)
			}
			return
		}
		if err != nil || !slices.Equal(got.A, want["a"]) || string(got.B) != want.Get("b") {
			t.Fatalf("%q: bound %q and %v, want %q", query, got, err, want)
		}
	})
}
