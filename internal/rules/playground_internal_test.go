//go:build !quickrules

package rules

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/validation"
)

// FuzzFailures holds what is found without go-playground/validator against what
// that finds: place, rule, parameter and message, in its order.
func FuzzFailures(f *testing.F) {
	for _, seed := range []string{"\x01", "\x01\x02\x03\x02\x0d\x07\x06\x04\x05\x02\x01\x01\x02\x03", strings.Repeat("\x01\x0d\x08\x02", 40), strings.Repeat("abcdefghijklmnopqrs", 20)} {
		f.Add([]byte(seed))
	}
	v, err := New()
	if err != nil {
		f.Fatal(err)
	}
	p := v
	if p.check(reflect.TypeFor[*judged]()) == nil {
		f.Fatal("the type has rules that only go-playground/validator knows")
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := dice(data)
		in := d.judged(0)
		if in == nil {
			return
		}
		var got, want allFailures
		if !p.Valid(in) && !p.quickly(in, &got) {
			return
		}
		if p.library.tell(context.Background(), in, &want); !slices.Equal(got, want) {
			t.Errorf("of %+v\ngot  %q\nwant %q", in, got, want)
		}
	})
}

// What breaks known rules is told without go-playground/validator, so that a client
// that sends nonsense is answered as fast as others.
func TestFailuresAreFoundQuickly(t *testing.T) {
	v, err := New(validation.Rule{Name: "sku", Valid: func(context.Context, reflect.Value, string) bool { return false }, Message: "must be a SKU"})
	if err != nil {
		t.Fatal(err)
	}
	p := v
	for name, test := range map[string]struct {
		in   any
		sure bool
	}{
		"several fields": {&judged{Mail: "nonsense", Count: 10, Parts: []judgedPart{{"a", 3}, {}}}, true},
		"what could be an address": {&struct {
			A string `validate:"email"`
		}{"a@@b"}, true},
		"a rule of the app's own": {&struct {
			A string `validate:"sku"`
		}{}, false},
		"a value in a map": {&struct {
			A map[string]string `validate:"dive,min=1"`
		}{map[string]string{"a": ""}}, true},
		"a value under a key that is no text": {&struct {
			A map[int]string `validate:"dive,min=1"`
		}{map[int]string{1: ""}}, false},
		"what is no URL": {&struct {
			A string `validate:"url"`
			B string `validate:"http_url"`
		}{"a@@b", "file:///a"}, true},
		"no struct": {new(int), false},
		"nothing":   {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			var got, want allFailures
			sure := p.quickly(test.in, &got)
			if sure != test.sure {
				t.Errorf("sure: %t, want %t; got %q", sure, test.sure, got)
			}
			if p.library.tell(t.Context(), test.in, &want); sure && !slices.Equal(got, want) || len(want) == 0 {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
