package rules

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/validation"
)

// judged has rules on all that an In is made of.
type judged struct {
	judgedPart
	ID      string            `validate:"required,uuid"`
	Mail    string            `validate:"omitempty,email"`
	Site    *string           `validate:"omitempty,http_url,max=40"`
	Kind    string            `validate:"oneof=small large"`
	Path    string            `validate:"required,startswith=/,endswith=!,contains=-"`
	Count   int               `validate:"min=1,max=9"`
	Share   float64           `validate:"gte=0,lt=1"`
	Bytes   []byte            `validate:"max=4"`
	At      *time.Time        `validate:"required"`
	Parts   []judgedPart      `validate:"min=1,max=3,dive"`
	Links   []*judgedPart     `validate:"omitempty,dive,required"`
	Grid    [2][]uint8        `validate:"dive,max=2,dive,ne=7"`
	Labels  map[string]string `validate:"max=2"`
	Numbers *[]int            `validate:"required,dive,gt=0"`
	Late    *int              `validate:"max=3,required,min=2"`
	Rest    *[]*uint8         `validate:"min=1,dive,lt=9"`
	Next    *judged
}

type judgedPart struct {
	Name string `validate:"required,alphanum,max=5"`
	Size uint16 `validate:"eq=3"`
}

// dice draws the values of a judged out of bytes.
type dice []byte

func (d *dice) upTo(n int) int {
	if len(*d) == 0 {
		return 0
	}
	rolled := int((*d)[0]) % n
	*d = (*d)[1:]
	return rolled
}

func (d *dice) text() string {
	texts := []string{"", "a", "abc9", "abcdef", "/a-!", "/a", "small", "a@b.example", "nonsense", "a@@b", "https://a.example/b", "ftp:", "é\xff",
		"6ba7b810-9dad-41d1-80b4-00c04fd430c8", "6BA7B810-9DAD-41D1-80B4-00C04FD430C8", "6ba7b810x9dad-41d1-80b4-00c04fd430c8"}
	return texts[d.upTo(len(texts))]
}

func (d *dice) part() judgedPart { return judgedPart{d.text(), uint16(d.upTo(5))} }

func (d *dice) judged(depth int) *judged {
	if depth > 2 || d.upTo(3) == 0 {
		return nil
	}
	j := &judged{judgedPart: d.part(), ID: d.text(), Mail: d.text(), Kind: d.text(), Path: d.text(), Count: d.upTo(12) - 1,
		Share: float64(d.upTo(5)-1) / 3, Bytes: make([]byte, d.upTo(6))}
	for range d.upTo(5) {
		j.Parts, j.Links, j.Grid[1] = append(j.Parts, d.part()), append(j.Links, nil), append(j.Grid[1], uint8(d.upTo(9)))
	}
	if len(j.Links) > 1 {
		p := d.part()
		j.Links[1] = &p
	}
	if d.upTo(2) == 1 {
		site, numbers := d.text(), []int{d.upTo(3), d.upTo(3)}
		late, least := d.upTo(5), uint8(d.upTo(12))
		j.Site, j.Numbers, j.At, j.Late, j.Rest = &site, &numbers, new(time.Time), &late, &[]*uint8{&least, nil}
	}
	for i := range d.upTo(4) {
		j.Labels = map[string]string{"a": "", fmt.Sprint(i): "", "b": ""}
	}
	j.Next = d.judged(depth + 1)
	return j
}

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
