package gotype_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/gotype"
)

type base struct{ ID string }

type selfPointer *selfPointer

type textual string

func (t textual) MarshalText() ([]byte, error)     { return []byte(t), nil }
func (t *textual) UnmarshalText(text []byte) error { *t = textual(text); return nil }

type fields struct {
	base
	*strings.Builder
	Named base   `json:"named"`
	Embed base   `json:",embed"`
	Out   string `json:"-"`
	//lint:ignore SA5008 how such a tag is read is the question
	Dash   string `json:"-,"`
	Option string `json:",omitzero"`
	Both   string `json:"b,omitempty,string"`
	hidden int
}

func TestFields(t *testing.T) {
	_ = fields{}.hidden
	want := []string{
		"base base inlined", "Builder Builder inlined", "Named named", "Embed Embed embed inlined", "Out Out excluded",
		"Dash -", "Option Option omitzero", "Both b omitempty string", "hidden hidden",
	}
	var got []string
	for f := range gotype.Fields(reflect.TypeFor[fields]()) {
		words := []string{f.Name, f.Member()}
		for _, option := range []string{"omitzero", "omitempty", "string", "embed"} {
			if f.HasOption(option) {
				words = append(words, option)
			}
		}
		if f.Excluded() {
			words = append(words, "excluded")
		}
		if f.Inlined() {
			words = append(words, "inlined")
		}
		got = append(got, strings.Join(words, " "))
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestPointersEnd(t *testing.T) {
	if got := gotype.Indirect(reflect.TypeFor[***int]()); got.Kind() != reflect.Int {
		t.Errorf("three pointers lead to %s, want int", got)
	}
	if got := gotype.Pointee(reflect.TypeFor[**int]()); got != reflect.TypeFor[*int]() {
		t.Errorf("a pointer to a pointer points to %s", got)
	}
	if got := gotype.Indirect(reflect.TypeFor[selfPointer]()); got.Kind() != reflect.Pointer {
		t.Errorf("a pointer to itself leads to %s", got)
	}
}

func TestForms(t *testing.T) {
	for _, test := range []struct {
		value         any
		reads, writes bool
	}{
		{"", false, false},
		{textual(""), true, true},
		{base{}, false, false},
		{strings.Builder{}, false, false},
	} {
		typ := reflect.TypeOf(test.value)
		if r, w := gotype.ReadsItself(typ), gotype.WritesItself(typ); r != test.reads || w != test.writes {
			t.Errorf("%s reads itself: %t, writes itself: %t; want %t and %t", typ, r, w, test.reads, test.writes)
		}
	}
	if readers := reflect.TypeFor[interface{ MarshalText() ([]byte, error) }](); !gotype.WritesItself(readers) || gotype.ReadsItself(readers) {
		t.Error("an interface with MarshalText writes itself and reads nothing")
	}
}

func TestMethodsOfTypes(t *testing.T) {
	for typ, want := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[int]():               nil,
		reflect.TypeFor[[]textual]():         nil,
		reflect.TypeFor[textual]():           reflect.TypeFor[*textual](),
		reflect.TypeFor[*textual]():          reflect.TypeFor[*textual](),
		reflect.TypeFor[struct{ textual }](): reflect.TypeFor[*struct{ textual }](),
		reflect.TypeFor[error]():             reflect.TypeFor[error](),
	} {
		if got := gotype.Methods(typ); got != want {
			t.Errorf("the methods of %s are those of %v, want %v", typ, got, want)
		}
	}
}
