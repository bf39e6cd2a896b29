// Package shape describes Go types as far as their JSON form goes: whether two
// builds of a program mean the same by a type, and whether a value comes back
// from JSON as it was.
package shape

import (
	"encoding"
	"fmt"
	"hash/fnv"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// bindingTags say where a field comes from or goes to.
var bindingTags = []string{"path", "query", "header", "cookie", "form", "body", "status"}

// Fingerprint is the same for two lists of types whose values have the same JSON
// form, and as good as never for others. The names of Go types and the order of
// the fields do not count; the fields' names, tags and kinds do.
func Fingerprint(types ...reflect.Type) string {
	h := fnv.New64a()
	for _, t := range types {
		d := describer{open: map[reflect.Type]int{}}
		d.describe(t)
		_, _ = io.WriteString(h, d.text.String()+";")
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// describer writes a type as text.
type describer struct {
	text strings.Builder
	open map[reflect.Type]int // the structs around the current place
}

func (d *describer) describe(t reflect.Type) {
	switch {
	case t == nil:
		d.text.WriteString("none")
	case formsItself(t):
		d.text.WriteString(t.String())
	default:
		d.describeKind(t)
	}
}

func (d *describer) describeKind(t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer:
		d.text.WriteByte('*')
		d.describe(t.Elem())
	case reflect.Slice:
		d.text.WriteString("[]")
		d.describe(t.Elem())
	case reflect.Array:
		fmt.Fprintf(&d.text, "[%d]", t.Len())
		d.describe(t.Elem())
	case reflect.Map:
		d.text.WriteString("map[")
		d.describe(t.Key())
		d.text.WriteByte(']')
		d.describe(t.Elem())
	case reflect.Struct:
		d.describeStruct(t)
	default:
		d.text.WriteString(t.Kind().String())
	}
}

func (d *describer) describeStruct(t reflect.Type) {
	if depth, ok := d.open[t]; ok {
		fmt.Fprintf(&d.text, "^%d", len(d.open)-depth)
		return
	}
	d.open[t] = len(d.open)
	defer delete(d.open, t)
	d.text.WriteByte('{')
	for _, f := range sortedFields(t) {
		d.text.WriteString(f.key + " ")
		d.describe(f.Type)
		d.text.WriteByte(';')
	}
	d.text.WriteByte('}')
}

// Holds returns the field in which values of the type hold one of the wanted
// type, "" when none does.
func Holds(t, wanted reflect.Type) string {
	seen := map[reflect.Type]bool{}
	var find func(t reflect.Type, at string) string
	find = func(t reflect.Type, at string) string {
		if t == wanted {
			return at
		}
		if t == nil || seen[t] {
			return ""
		}
		seen[t] = true
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			return find(t.Elem(), at)
		case reflect.Struct:
			for f := range t.Fields() {
				if path := find(f.Type, strings.TrimPrefix(at+"."+f.Name, ".")); path != "" {
					return path
				}
			}
		}
		return ""
	}
	return find(t, "")
}

// ownForms are the interfaces of types that say themselves what they are written as.
var ownForms = []reflect.Type{
	reflect.TypeFor[json.Marshaler](), reflect.TypeFor[json.MarshalerTo](),
	reflect.TypeFor[encoding.TextMarshaler](),
}

// formsItself reports whether the type has a form of its own, which its name then
// stands for. Bodies that are readers count as well: they are bytes.
func formsItself(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[time.Duration](), reflect.TypeFor[io.Reader](), reflect.TypeFor[io.ReadCloser]():
		return true
	}
	for _, form := range ownForms {
		if t.Kind() != reflect.Interface && (t.Implements(form) || reflect.PointerTo(t).Implements(form)) {
			return true
		}
	}
	return false
}
