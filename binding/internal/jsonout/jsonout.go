// Package jsonout writes the common types as the JSON package does, in a third of
// its time: no tokens, no state, no options to look up.
//
// It compiles a type into an encoder that is right in one direction only: what
// it writes are the bytes that the JSON package would write; types that are not
// known here, and values that cannot be written, are the package's own
// business. So the meaning of every tag is the package's; FuzzAppend holds the
// two together.
package jsonout

import (
	"reflect"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/gotype"
)

// Encoder is the compiled encoder of a type.
type Encoder struct{ append appender }

// appender appends the JSON of a value, unless it reports false.
type appender func(dst []byte, v reflect.Value) ([]byte, bool)

// Append appends the JSON of the value, which is of the type that was compiled. It
// reports false when only the JSON package can tell what is to be done; what was
// appended is then of no meaning.
func (e *Encoder) Append(dst []byte, v reflect.Value) ([]byte, bool) { return e.append(dst, v) }

// Compile returns the encoder of a type, nil when there is none. The options are
// those of the JSON package for the parts that are left to it.
func Compile(t reflect.Type, options []json.Options) *Encoder {
	c := compiler{options: options, open: map[reflect.Type]bool{}}
	if a := c.known(t); a != nil {
		return &Encoder{a}
	}
	return nil
}

// compiler compiles one type.
type compiler struct {
	options []json.Options
	open    map[reflect.Type]bool // the types that are being compiled
}

// value returns the appender of a type, which is the JSON package's when there
// is no other.
func (c *compiler) value(t reflect.Type) appender {
	if a := c.known(t); a != nil {
		return a
	}
	return c.library
}

// known returns the appender of a type, nil when there is none.
func (c *compiler) known(t reflect.Type) appender {
	if writesItself(t) {
		return nil
	}
	switch t.Kind() {
	case reflect.Bool:
		return appendBool
	case reflect.String:
		return appendString
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return appendInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return appendUint
	case reflect.Float32, reflect.Float64:
		return appendFloat
	case reflect.Pointer:
		return c.within(t, c.pointer)
	case reflect.Slice:
		return c.within(t, c.slice)
	case reflect.Struct:
		return c.within(t, c.object)
	case reflect.Map:
		return c.emptyMap
	}
	return nil
}

// writesItself reports whether the type has a form of its own. All types of
// package time do, durations by an option, as does the number of encoding/json.
func writesItself(t reflect.Type) bool {
	return gotype.WritesItself(t) || t.PkgPath() == "time" || gotype.IsNumber(t)
}

// library leaves a value to the JSON package.
func (c *compiler) library(dst []byte, v reflect.Value) ([]byte, bool) {
	value := v.Interface
	if v.CanAddr() { // methods of pointers count
		value = v.Addr().Interface
	}
	data, err := json.Marshal(value(), c.options...)
	return append(dst, data...), err == nil
}

// emptyMap writes empty maps, nil or not, and leaves the others, whose keys are to be sorted.
func (c *compiler) emptyMap(dst []byte, v reflect.Value) ([]byte, bool) {
	if v.Len() == 0 {
		return append(dst, "{}"...), true
	}
	return c.library(dst, v)
}

// within compiles a type that can be made of itself; the one within is left to the package.
func (c *compiler) within(t reflect.Type, compile func(reflect.Type) appender) appender {
	if c.open[t] {
		return nil
	}
	c.open[t] = true
	defer delete(c.open, t)
	return compile(t)
}

// pointer writes null for nil.
func (c *compiler) pointer(t reflect.Type) appender {
	elem := c.known(t.Elem())
	if elem == nil {
		return nil
	}
	return func(dst []byte, v reflect.Value) ([]byte, bool) {
		if v.IsNil() {
			return append(dst, "null"...), true
		}
		return elem(dst, v.Elem())
	}
}

// slice writes nil as an empty list. Bytes are text in base64, which is not
// written here.
func (c *compiler) slice(t reflect.Type) appender {
	if t.Elem().Kind() == reflect.Uint8 {
		return nil
	}
	elem := c.value(t.Elem())
	return func(dst []byte, v reflect.Value) ([]byte, bool) {
		dst = append(dst, '[')
		ok := true
		for i := range v.Len() {
			if i > 0 {
				dst = append(dst, ',')
			}
			if dst, ok = elem(dst, v.Index(i)); !ok {
				return dst, false
			}
		}
		return append(dst, ']'), true
	}
}
