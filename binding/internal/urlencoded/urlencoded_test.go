package urlencoded_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding/internal/urlencoded"
)

// pairsByLibrary is what Decode and Scan do, in the words of package net/url.
func pairsByLibrary(raw string) (pairs []string, ok bool) {
	if strings.Contains(raw, ";") {
		return nil, false
	}
	for one := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(one, "=")
		for _, s := range []string{name, value} {
			text, err := url.QueryUnescape(s)
			if err != nil {
				return nil, false
			}
			if one != "" {
				pairs = append(pairs, text)
			}
		}
	}
	return pairs, true
}

// FuzzPairs holds both readers of pairs against net/url, and looks whether what
// they return lives on when the bytes that it came in are used again.
func FuzzPairs(f *testing.F) {
	for _, seed := range []string{"", "&", "=", "a=1&a=2&b", "a=b=c&&=d&", "a+b=%2Fc%c3%A9&%61=", "a=%", "a=%4", "a=%zz&b=1", "a;b", "a=\xff%ff", "+%2B+", "&&a=%00&", strings.Repeat("a=%41&", 40), strings.Repeat("b+=c=&&", 100) + "d", strings.Repeat("&a=b", 16) + "&", strings.Repeat("a=b&", 16) + "%", strings.Repeat("a=b&", 17) + ";"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		want, wantOK := pairsByLibrary(raw)
		var got []string
		take := func(name, value string) { got = append(got, name, value) }
		check := func(reader string, ok bool) {
			t.Helper()
			if ok != wantOK || !slices.Equal(got, want) {
				t.Errorf("%s reads %q as %q, %t, want %q, %t", reader, raw, got, ok, want, wantOK)
			}
			got = nil
		}
		check("Scan", urlencoded.Scan(raw, take))
		data := []byte(raw)
		ok := urlencoded.Decode(data, take)
		clear(data)
		check("Decode", ok)
	})
}

// One piece of memory is all that a form needs, however many fields there are.
func TestDecodingAllocatesOnce(t *testing.T) {
	data := []byte("token=secret&user_name=ada&command=%2Fshout&text=a+%26+b+%2B+c&more=" + strings.Repeat("%20", 100))
	got := testing.AllocsPerRun(100, func() {
		if !urlencoded.Decode(data, func(string, string) {}) {
			t.Error("the pairs are not read")
		}
	})
	if got > 1 {
		t.Errorf("%v allocations, want 1", got)
	}
}
