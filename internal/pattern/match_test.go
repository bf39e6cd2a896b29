package pattern_test

import (
	"slices"
	"testing"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		name, pattern, path string
		match               bool
		values              []string
	}{
		{"literal", "/a/b", "/a/b", true, nil},
		{"literal that is escaped", "/a%20b", "/a%20b", true, nil},
		{"another literal", "/a/b", "/a/c", false, nil},
		{"too short", "/a/b", "/a", false, nil},
		{"too long", "/a", "/a/b", false, nil},
		{"values are decoded", "/a/{x}/{y}", "/a/b%20c/%C3%A9", true, []string{"b c", "é"}},
		{"plus is a plus", "/{x}", "/a+b", true, []string{"a+b"}},
		{"escaped slash stays inside", "/{x}/{y}", "/a%2Fb/c", true, []string{"a/b", "c"}},
		{"lonely escaped slash is a trailing slash", "/a/{x}", "/a/%2F", false, nil},
		{"wildcard does not match nothing", "/a/{x}", "/a/", false, nil},
		{"rest", "/a/{x...}", "/a/b/c%2Fd/", true, []string{"b/c/d/"}},
		{"empty rest", "/a/{x...}", "/a/", true, []string{""}},
		{"no rest without the slash", "/a/{x...}", "/a", false, nil},
		{"nameless rest has no value", "/a/", "/a/b/c", true, nil},
		{"end", "/a/{$}", "/a/", true, nil},
		{"more than the end", "/a/{$}", "/a/b", false, nil},
		{"asterisk", "/{x...}", "*", false, nil},
		{"empty path", "/", "", false, nil},
		{"method is not looked at", "POST /{x}", "/a", true, []string{"a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := []string{"kept"}
			values, match := parse(t, tt.pattern).Match(tt.path, before)
			want := append(before, tt.values...)
			if match != tt.match || !slices.Equal(values, want) {
				t.Errorf("Match(%s, %s) = %q, %t; want %q, %t", tt.pattern, tt.path, values, match, want, tt.match)
			}
		})
	}
}

func TestMatchAllocates(t *testing.T) {
	p := parse(t, "/orders/{id}/items/{item}")
	values := make([]string, 0, 2)
	got := testing.AllocsPerRun(100, func() {
		values, _ = p.Match("/orders/42/items/7", values[:0])
	})
	if got != 0 {
		t.Errorf("Match allocates %v times, want none when values has room", got)
	}
}
