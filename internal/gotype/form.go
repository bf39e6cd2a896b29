package gotype

import (
	"context"
	"encoding"
	stdjson "encoding/json"
	"reflect"
	"time"

	"github.com/go-json-experiment/json"
)

// IsTime reports whether the type is time.Time, which JSON knows by itself.
func IsTime(t reflect.Type) bool { return t == reflect.TypeFor[time.Time]() }

// IsDuration reports whether the type is time.Duration, which is text wherever it is read or written.
func IsDuration(t reflect.Type) bool { return t == reflect.TypeFor[time.Duration]() }

// IsNumber reports whether the type is the number of encoding/json, which keeps its digits.
func IsNumber(t reflect.Type) bool { return t == reflect.TypeFor[stdjson.Number]() }

var (
	reading = []reflect.Type{
		reflect.TypeFor[json.Unmarshaler](),
		reflect.TypeFor[json.UnmarshalerFrom](),
		reflect.TypeFor[encoding.TextUnmarshaler](),
	}
	writing = []reflect.Type{
		reflect.TypeFor[json.Marshaler](),
		reflect.TypeFor[json.MarshalerTo](),
		reflect.TypeFor[encoding.TextMarshaler](),
		reflect.TypeFor[encoding.TextAppender](),
	}
)

// Methods returns the type that has all methods which values of t have, by value or by pointer;
// nil when there are none for certain, as of what Go declares itself and of types without a name.
func Methods(t reflect.Type) reflect.Type {
	switch k := t.Kind(); {
	case k == reflect.Pointer, k == reflect.Interface:
		return t
	case k != reflect.Struct && t.PkgPath() == "":
		return nil
	}
	return reflect.PointerTo(t)
}

// ReadsItself reports whether the type says itself how it is read from JSON. An interface
// does not: nothing could be read into it. A pointer does not either: what it points to does.
func ReadsItself(t reflect.Type) bool {
	return t.Kind() != reflect.Interface && t.Kind() != reflect.Pointer && implements(Methods(t), reading)
}

// WritesItself reports whether the type, or a pointer to it, says itself how it is written as
// JSON.
func WritesItself(t reflect.Type) bool { return implements(Methods(t), writing) }

func implements(t reflect.Type, interfaces []reflect.Type) bool {
	for _, i := range interfaces {
		if t != nil && t.Implements(i) {
			return true
		}
	}
	return false
}

// Validates reports whether values of the type check themselves by a method
// Validate(context.Context) error, of their own or of a pointer to them.
func Validates(t reflect.Type) bool {
	if t.Kind() == reflect.Interface || t.Kind() == reflect.Pointer {
		return false
	}
	m := Methods(t)
	return m != nil && m.Implements(validating)
}

var validating = reflect.TypeFor[interface {
	Validate(ctx context.Context) error
}]()
