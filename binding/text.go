package binding

import (
	"reflect"
	"unicode/utf8"
)

// text fills a field from the texts that a request has for it.
type text struct {
	scalar
	list    bool // a slice: repeated values
	strings bool // a []string, the list that most are
	pointer bool // nil when the request has none
}

var stringsType = reflect.TypeFor[[]string]()

// textOf compiles the filler of a field's type in a place; "" is no place of a request.
func textOf(where Where, t reflect.Type) (*text, bool) {
	if s, ok := scalarAt(where, t); ok {
		return &text{scalar: s}, true
	}
	if t.Kind() != reflect.Pointer && t.Kind() != reflect.Slice {
		return nil, false
	}
	s, ok := scalarAt(where, t.Elem())
	return &text{scalar: s, list: t.Kind() == reflect.Slice, strings: t == stringsType, pointer: t.Kind() == reflect.Pointer}, ok
}

// fewValues is the room that a list gets at first: most have one or a few.
const fewValues = 4

// put gives the field one text, and reports whether it could be read. What a
// field that could not be read holds is of no meaning.
func (t *text) put(dst reflect.Value, s string) bool {
	switch {
	case t.pointer:
		dst.Set(reflect.New(dst.Type().Elem()))
		return t.parse(dst.Elem(), s)
	case t.strings:
		list, _ := dst.Addr().Interface().(*[]string)
		if *list == nil {
			*list = make([]string, 0, fewValues)
		}
		*list = append(*list, s)
		return utf8.ValidString(s)
	case t.list:
		n := dst.Len()
		if n == dst.Cap() {
			dst.Grow(max(fewValues, n))
		}
		dst.SetLen(n + 1)
		return t.parse(dst.Index(n), s)
	default:
		return t.parse(dst, s)
	}
}
