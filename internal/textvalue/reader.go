// Package textvalue reads what a request has as text, parts of its path, query, header, cookies
// and forms, into Go values: binding compiles a Reader for each field, and the model of a type
// asks which types have one. What it says of a text that cannot be read is said of JSON too.
package textvalue

import (
	"reflect"
	"unicode/utf8"
)

// Place is where a text stands: some have forms of their own.
type Place string

// The places whose texts have other forms.
const (
	Header Place = "header"
	Query  Place = "query"
	Form   Place = "form"
)

// Reader fills a field from the texts that a request has for it.
type Reader struct {
	scalar
	List    bool // a slice: repeated values
	Pointer bool // nil when the request has none
	strings bool // a []string, the list that most are
}

var stringsType = reflect.TypeFor[[]string]()

// Of compiles the reader of a field's type in a place, or reports that text cannot be read as
// that type. The place "" has the forms that all have.
func Of(place Place, t reflect.Type) (*Reader, bool) {
	if s, ok := scalarAt(place, t); ok {
		return &Reader{scalar: s}, true
	}
	if t.Kind() != reflect.Pointer && t.Kind() != reflect.Slice {
		return nil, false
	}
	s, ok := scalarAt(place, t.Elem())
	return &Reader{scalar: s, List: t.Kind() == reflect.Slice, strings: t == stringsType, Pointer: t.Kind() == reflect.Pointer}, ok
}

// fewValues is the capacity that a list gets at first: most have one or a few.
const fewValues = 4

// Put gives the field one text, and reports whether it could be read. What a
// field that could not be read holds is of no meaning.
func (r *Reader) Put(dst reflect.Value, s string) bool {
	switch {
	case r.Pointer:
		dst.Set(reflect.New(dst.Type().Elem()))
		return r.parse(dst.Elem(), s)
	case r.strings:
		list, _ := dst.Addr().Interface().(*[]string)
		if *list == nil {
			*list = make([]string, 0, fewValues)
		}
		*list = append(*list, s)
		return utf8.ValidString(s)
	case r.List:
		n := dst.Len()
		if n == dst.Cap() {
			dst.Grow(max(fewValues, n))
		}
		dst.SetLen(n + 1)
		return r.parse(dst.Index(n), s)
	default:
		return r.parse(dst, s)
	}
}
