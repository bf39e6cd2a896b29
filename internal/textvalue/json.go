package textvalue

import (
	"reflect"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/promotion"
)

// ExpectedJSON says what a JSON value that could not be read as a type must be. A number
// in quotes is one where it stands for one: a key of a map, or a member with ,string.
func ExpectedJSON(t reflect.Type, value jsontext.Value) string {
	message := ExpectJSON(t)
	if t == nil || value.Kind() != '0' && value.Kind() != '"' {
		return message
	}
	s, ok := scalarOf(gotype.Indirect(t))
	if !ok || s.Expect != message || s.numeral == nil {
		return message
	}
	if value.Kind() == '0' {
		return s.Expected(string(value))
	}
	text, err := jsontext.AppendUnquote(nil, value)
	if err != nil || s.parse(reflect.New(gotype.Indirect(t)).Elem(), string(text)) { // not too large: not to be in quotes
		return message
	}
	return s.Expected(string(text))
}

// ExpectJSON says what a JSON value for a type must be.
func ExpectJSON(t reflect.Type) string {
	if t == nil {
		return "must be of another type"
	}
	t = gotype.Indirect(t)
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		if _, ok := promotion.Time(t, timeType); ok {
			return ExpectTime
		}
		if gotype.ReadsItself(t) {
			return expectType(t)
		}
		return "must be an object"
	case reflect.Slice, reflect.Array:
		return expectJSONList(t)
	}
	if s, ok := scalarOf(t); ok {
		return s.Expect
	}
	return expectType(t)
}

func expectJSONList(t reflect.Type) string {
	switch {
	case gotype.ReadsItself(t):
		return expectType(t)
	case t.Elem() == byteType:
		return "must be text in base64"
	default:
		return "must be a list"
	}
}
