package model

import (
	"encoding"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/promotion"
)

// graph numbers the types that values are made of.
type graph struct {
	types []Type
	known map[reflect.Type]Ref
}

func newGraph() *graph { return &graph{types: make([]Type, 1, 8), known: map[reflect.Type]Ref{}} }

// ref returns the number of a type, which it describes when it comes to it first.
func (g *graph) ref(t reflect.Type) Ref {
	if t == nil {
		return None
	}
	if r, ok := g.known[t]; ok {
		return r
	}
	r := Ref(len(g.types))
	g.known[t] = r
	g.types = append(g.types, Type{})
	made := g.describe(t)
	g.types[r] = made
	return r
}

func (g *graph) describe(t reflect.Type) Type {
	d := Type{Go: t.String(), Package: t.PkgPath(), Kind: t.Kind().String(), Methods: methodsOf(t)}
	form := formOf(t)
	d.Read, d.Write = ownForm(form, d.Methods, ReadsJSON|ReadsJSONFrom, ReadsText), ownForm(form, d.Methods, WritesJSON, WritesText|AppendsText)
	switch form {
	case Int, Uint, Float:
		d.Bits = t.Bits()
	case Pointer, List:
		d.Elem = g.ref(t.Elem())
	case Array, Bytes:
		if d.Elem = g.ref(t.Elem()); t.Kind() == reflect.Array {
			d.Len = t.Len()
		}
	case Map:
		d.Key, d.Elem = g.ref(t.Key()), g.ref(t.Elem())
	case Struct, File, SetCookie:
		d.Members = g.members(t)
	}
	return d
}

func (g *graph) members(t reflect.Type) []Member {
	members := make([]Member, 0, t.NumField())
	for f := range gotype.Fields(t) {
		m := Member{
			Go: f.Name, JSON: f.Member(), Tag: f.Tag.Get("json"), Places: placesOf(f), Rules: f.Tag.Get("validate"), Doc: f.Tag.Get("doc"),
			Exported: f.IsExported(), Anonymous: f.Anonymous, Inlined: f.Inlined(), Excluded: f.Excluded(),
			OmitEmpty: f.HasOption("omitempty"), OmitZero: f.HasOption("omitzero"),
		}
		if !m.Excluded && (m.Exported || m.Anonymous) {
			m.Type = g.ref(f.Type)
		}
		members = append(members, m)
	}
	return members
}

// placesOf returns the tags of places of a field.
func placesOf(f gotype.Field) string {
	var tags []string
	for _, place := range allPlaces {
		if value, ok := f.Tag.Lookup(string(place)); ok {
			tags = append(tags, string(place)+":"+value)
		}
	}
	return strings.Join(tags, " ")
}

var interfaces = []struct {
	method Methods
	of     reflect.Type
}{
	{ReadsJSON, reflect.TypeFor[json.Unmarshaler]()},
	{ReadsJSONFrom, reflect.TypeFor[json.UnmarshalerFrom]()},
	{ReadsText, reflect.TypeFor[encoding.TextUnmarshaler]()},
	{WritesJSON, reflect.TypeFor[json.Marshaler]()},
	{WritesJSON, reflect.TypeFor[json.MarshalerTo]()},
	{WritesText, reflect.TypeFor[encoding.TextMarshaler]()},
	{AppendsText, reflect.TypeFor[encoding.TextAppender]()},
	{SaysZero, reflect.TypeFor[interface{ IsZero() bool }]()},
	{Reads, reflect.TypeFor[io.Reader]()},
}

// methodsOf finds the methods of a type. Those of a pointer are those of what it points to.
func methodsOf(t reflect.Type) (all Methods) {
	has := gotype.Methods(t)
	if has == nil || t.Kind() == reflect.Pointer {
		return 0
	}
	for _, i := range interfaces {
		if has.Implements(i.of) {
			all |= i.method
		}
	}
	return all
}

// ownForm is the form of a type whose methods may give it another than its kind.
func ownForm(form Form, has, inJSON, asText Methods) Form {
	switch form {
	case Time, Duration, Number, File, SetCookie, Stream, Any:
		return form
	}
	switch {
	case has.Has(inJSON):
		return OwnJSON
	case has.Has(asText):
		return OwnText
	}
	return form
}

var (
	timeType       = reflect.TypeFor[time.Time]()
	byteType       = reflect.TypeFor[byte]()
	readerType     = reflect.TypeFor[io.Reader]()
	readCloserType = reflect.TypeFor[io.ReadCloser]()
)

// isOurs reports whether the type is the one of that name in package binding, which is above
// this one.
func isOurs(t reflect.Type, name string) bool {
	return t.Name() == name && t.PkgPath() == "github.com/anygrain/anygrain/binding"
}

// formOf is the form of a type whatever its methods are.
func formOf(t reflect.Type) Form {
	switch {
	case gotype.IsDuration(t):
		return Duration
	case gotype.IsNumber(t):
		return Number
	case t == readerType, t == readCloserType:
		return Stream
	case isOurs(t, "File"):
		return File
	case isOurs(t, "SetCookie"):
		return SetCookie
	}
	switch t.Kind() {
	case reflect.Bool:
		return Bool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return Int
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return Uint
	case reflect.Float32, reflect.Float64:
		return Float
	case reflect.String:
		return String
	case reflect.Slice, reflect.Array:
		switch {
		case t.Elem() == byteType: // a byte type of another name is a number for the JSON package
			return Bytes
		case t.Kind() == reflect.Array:
			return Array
		}
		return List
	case reflect.Map:
		return Map
	case reflect.Struct:
		if _, ok := promotion.Time(t, timeType); ok {
			return Time
		}
		return Struct
	case reflect.Pointer:
		return Pointer
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return Any
		}
	}
	return NoForm
}
