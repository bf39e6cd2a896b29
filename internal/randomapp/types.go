package randomapp

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/anygrain/anygrain/binding"
)

// Color is a type that reads its own text.
type Color string

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *Color) UnmarshalText(text []byte) error {
	switch s := string(text); s {
	case "red", "green":
		*c = Color(s)
		return nil
	}
	return fmt.Errorf("is no color")
}

// MarshalText implements encoding.TextMarshaler.
func (c Color) MarshalText() ([]byte, error) { return []byte(c), nil }

// Word is a text that is read in lower case, and written as it is.
type Word string

// UnmarshalText implements encoding.TextUnmarshaler.
func (w *Word) UnmarshalText(text []byte) error {
	*w = Word(strings.ToLower(string(text)))
	return nil
}

// MarshalText implements encoding.TextMarshaler.
func (w Word) MarshalText() ([]byte, error) { return []byte(w), nil }

// Level is a number that has more than one zero.
type Level int

// IsZero is what omitzero asks.
func (l Level) IsZero() bool { return l < 10 }

// basic are the types that others are made of.
var basic = map[string]reflect.Type{
	"string":   reflect.TypeFor[string](),
	"bool":     reflect.TypeFor[bool](),
	"int":      reflect.TypeFor[int](),
	"int8":     reflect.TypeFor[int8](),
	"int64":    reflect.TypeFor[int64](),
	"uint16":   reflect.TypeFor[uint16](),
	"uint64":   reflect.TypeFor[uint64](),
	"float32":  reflect.TypeFor[float32](),
	"float64":  reflect.TypeFor[float64](),
	"byte":     reflect.TypeFor[byte](),
	"time":     reflect.TypeFor[time.Time](),
	"duration": reflect.TypeFor[time.Duration](),
	"color":    reflect.TypeFor[Color](),
	"level":    reflect.TypeFor[Level](),
	"word":     reflect.TypeFor[Word](),
	"any":      reflect.TypeFor[any](),
	"file":     reflect.TypeFor[binding.File](),
	"cookie":   reflect.TypeFor[binding.SetCookie](),
	"reader":   reflect.TypeFor[io.Reader](),
}

// reflect makes the type.
func (t Type) reflect() (reflect.Type, error) {
	if elem, ok := strings.CutPrefix(t.Go, "[]"); ok {
		return t.of(elem, reflect.SliceOf)
	}
	if elem, ok := strings.CutPrefix(t.Go, "*"); ok {
		return t.of(elem, reflect.PointerTo)
	}
	for _, key := range []string{"string", "word", "int"} {
		if elem, ok := strings.CutPrefix(t.Go, "map["+key+"]"); ok {
			return t.of(elem, func(e reflect.Type) reflect.Type { return reflect.MapOf(basic[key], e) })
		}
	}
	if t.Go == "struct" {
		return structOf(t.Fields)
	}
	if f, ok := fixed[t.Go]; ok {
		return f, nil
	}
	if b, ok := basic[t.Go]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("there is no type %q", t.Go)
}

func (t Type) of(elem string, wrap func(reflect.Type) reflect.Type) (reflect.Type, error) {
	e, err := Type{elem, t.Fields}.reflect()
	if err != nil {
		return nil, err
	}
	return wrap(e), nil
}

func structOf(fields []Field) (reflect.Type, error) {
	made := make([]reflect.StructField, len(fields))
	for i, f := range fields {
		t, err := f.Type.reflect()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		made[i] = reflect.StructField{Name: f.Name, Type: t, Tag: reflect.StructTag(f.Tag)}
	}
	return reflect.StructOf(made), nil
}
