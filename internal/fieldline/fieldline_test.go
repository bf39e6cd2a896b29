package fieldline

import (
	"slices"
	"testing"
)

func TestOneValueOfAllLines(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name   string
		values []string
		want   []string
	}{
		"none":                             {"X-A", nil, nil},
		"one":                              {"X-A", []string{"a, b"}, []string{"a, b"}},
		"one, empty":                       {"X-A", []string{""}, []string{""}},
		"two":                              {"X-A", []string{"a", "b"}, []string{"a,b"}},
		"space around a single one":        {"X-A", []string{" a \t"}, []string{"a"}},
		"space around each":                {"X-A", []string{"a ", "\tsecond"}, []string{"a,second"}},
		"space within":                     {"X-A", []string{"a , b", "c"}, []string{"a , b,c"}},
		"empty ones count":                 {"X-A", []string{"", "b", ""}, []string{",b,"}},
		"commas within":                    {"X-A", []string{`"a,b"`, "c"}, []string{`"a,b",c`}},
		"cookies":                          {"Cookie", []string{"a=1", "b=2; c=3"}, []string{"a=1; b=2; c=3"}},
		"cookies, spelt in small letters":  {"cookie", []string{"a=1", "b=2"}, []string{"a=1; b=2"}},
		"an empty line is no cookie":       {"Cookie", []string{"", "a=1", " "}, []string{"a=1"}},
		"only empty lines of cookies":      {"Cookie", []string{"", " "}, nil},
		"an empty line of cookies":         {"COOKIE", []string{""}, nil},
		"cookies without one":              {"Cookie", []string{"; "}, nil},
		"two lines without one":            {"Cookie", []string{";", " ; ;"}, nil},
		"a cookie between separators":      {"Cookie", []string{"; ", "a=1;"}, []string{"a=1;"}},
		"a list of none":                   {"X-A", []string{}, nil},
		"what only ends in Cookie is none": {"X-Cookie", []string{"a", "b"}, []string{"a,b"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := slices.Clone(tt.values)
			got := One(tt.name, tt.values)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if !slices.Equal(before, tt.values) {
				t.Errorf("the values were changed to %q", tt.values)
			}
			if same := slices.Equal(got, before) && (got == nil) == (before == nil); same != IsOne(tt.name, before) {
				t.Errorf("IsOne says %v", !same)
			}
		})
	}
}

func TestAFieldOfOneLineCostsNothing(t *testing.T) {
	values := []string{"text/html, */*"}
	if n := testing.AllocsPerRun(100, func() { One("Accept", values) }); n > 0 {
		t.Errorf("got %v allocations, want 0", n)
	}
}

func TestAddsUp(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"Set-Cookie": true, "set-cookie": true, "Vary": true, "VARY": true,
		"Cookie": false, "Date": false, "Connection": false, "": false,
	} {
		if got := AddsUp(name); got != want {
			t.Errorf("AddsUp(%q) = %v, want %v", name, got, want)
		}
	}
}
