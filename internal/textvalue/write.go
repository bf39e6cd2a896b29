package textvalue

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"

	"github.com/anygrain/anygrain/internal/gotype"
)

// Writes reports whether values of the type are one text, or a list of texts, or nothing.
func Writes(t reflect.Type) bool {
	switch {
	case WriterOf(t) != nil:
		return true
	case t.Kind() == reflect.Pointer:
		return Writes(t.Elem())
	case IsList(t): // a list of lists has no order that texts could show
		return !IsList(t.Elem()) && Writes(t.Elem())
	}
	return false
}

// IsList reports whether the type is a slice or array that has no text of its own.
func IsList(t reflect.Type) bool {
	return (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) && WriterOf(t) == nil
}

// WriterOf returns what writes a value of the type as one text, nil when it has none.
func WriterOf(t reflect.Type) func(reflect.Value) (string, error) {
	switch {
	case gotype.IsTime(t):
		return writeTime
	case gotype.IsDuration(t):
		return func(v reflect.Value) (string, error) { return time.Duration(v.Int()).String(), nil }
	case t.Implements(textMarshalerType):
		return writeText
	case reflect.PointerTo(t).Implements(textMarshalerType):
		return func(v reflect.Value) (string, error) { return writeText(v.Addr()) }
	}
	switch t.Kind() {
	case reflect.String:
		return func(v reflect.Value) (string, error) { return v.String(), nil }
	case reflect.Bool:
		return func(v reflect.Value) (string, error) { return strconv.FormatBool(v.Bool()), nil }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) (string, error) { return strconv.FormatInt(v.Int(), 10), nil }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(v reflect.Value) (string, error) { return strconv.FormatUint(v.Uint(), 10), nil }
	case reflect.Float32, reflect.Float64:
		return writeFloat(t.Bits())
	}
	return writerOfBytes(t)
}

func writerOfBytes(t reflect.Type) func(reflect.Value) (string, error) {
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return func(v reflect.Value) (string, error) { return string(v.Bytes()), nil }
	}
	return nil
}

var textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()

func writeFloat(bits int) func(reflect.Value) (string, error) {
	return func(v reflect.Value) (string, error) {
		f := v.Float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return "", errors.New("the value is not a finite number")
		}
		return strconv.FormatFloat(f, 'g', -1, bits), nil
	}
}

func writeText(v reflect.Value) (string, error) {
	if v.Kind() == reflect.Pointer && v.IsNil() || v.Kind() == reflect.Interface && v.IsNil() {
		return "", nil
	}
	m, ok := v.Interface().(encoding.TextMarshaler)
	if !ok {
		return "", fmt.Errorf("%s is no encoding.TextMarshaler", v.Type())
	}
	text, err := m.MarshalText()
	return string(text), err
}

func writeTime(v reflect.Value) (string, error) {
	t, ok := v.Interface().(time.Time)
	if !ok || t.IsZero() {
		return "", nil
	}
	t = t.UTC()
	if t.Year() < 0 || t.Year() > 9999 {
		return "", errors.New("the year does not have four digits, as an HTTP date has")
	}
	return t.Format(HTTPDate), nil
}
