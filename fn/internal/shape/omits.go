package shape

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// Omission is a field whose json:",omitempty" is in vain.
type Omission struct {
	Field   string // "Order.Total"
	Message string // what it is, and what to write
}

// Omissions lists which fields in a type have json:",omitempty" in vain. It leaves out what is
// an empty text, list or object in JSON, and no number, boolean or time is; encoding/json did
// leave out their zeros, so that many a type that comes from elsewhere has it.
func Omissions(t reflect.Type) []Omission {
	o := omits{seen: map[reflect.Type]bool{}}
	o.walk(t, "")
	return o.found
}

// omits walks the types of one reply; a type is told of once.
type omits struct {
	seen  map[reflect.Type]bool
	found []Omission
}

func (o *omits) walk(t reflect.Type, path string) {
	if t == nil || o.seen[t] {
		return
	}
	o.seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		o.walk(t.Elem(), path)
	case reflect.Struct:
		if !writesItself(t) {
			o.fields(t, path)
		}
	}
}

func (o *omits) fields(t reflect.Type, path string) {
	if t.Name() != "" {
		path = t.Name()
	}
	for sf := range t.Fields() {
		name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if name == "-" && options == "" || !sf.IsExported() && !sf.Anonymous {
			continue
		}
		field := strings.TrimPrefix(path+"."+sf.Name, ".")
		if has(options, "omitempty") && !has(options, "omitzero") && neverEmpty(sf.Type, 0) {
			o.found = append(o.found, Omission{field, fmt.Sprintf(`has json:",omitempty", which never leaves out a %s: write omitzero to leave out its zero`, sf.Type)})
		}
		o.walk(sf.Type, field)
	}
}

func has(options, option string) bool {
	for one := range strings.SplitSeq(options, ",") {
		if one == option {
			return true
		}
	}
	return false
}

// maxNesting ends the search in structs that are made of many.
const maxNesting = 20

// neverEmpty reports whether no value of the type is null or an empty text, list or
// object in JSON.
func neverEmpty(t reflect.Type, depth int) bool {
	switch {
	case t == reflect.TypeFor[time.Time](), t == reflect.TypeFor[time.Duration]():
		return true
	case t.PkgPath() == "encoding/json" && t.Name() == "Number":
		return true
	case writesItself(t), depth > maxNesting:
		return false
	}
	switch t.Kind() {
	case reflect.Array:
		return t.Len() > 0 && t.Elem().Kind() != reflect.Uint8
	case reflect.Struct:
		return alwaysHasMember(t, depth)
	}
	return t.Kind() >= reflect.Bool && t.Kind() <= reflect.Float64
}

// alwaysHasMember reports whether a struct has a member in JSON whatever its fields hold.
func alwaysHasMember(t reflect.Type, depth int) bool {
	for sf := range t.Fields() {
		name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
		switch {
		case name == "-" && options == "", has(options, "omitzero"):
		case has(options, "omitempty") && !neverEmpty(sf.Type, depth+1):
		case sf.Anonymous && name == "":
			if sf.Type.Kind() == reflect.Struct && neverEmpty(sf.Type, depth+1) {
				return true
			}
		case sf.IsExported():
			return true
		}
	}
	return false
}

var writtenForms = []reflect.Type{
	reflect.TypeFor[json.Marshaler](), reflect.TypeFor[json.MarshalerTo](),
	reflect.TypeFor[encoding.TextMarshaler](), reflect.TypeFor[encoding.TextAppender](),
}

// writesItself reports whether the type says itself how it is written as JSON.
func writesItself(t reflect.Type) bool {
	for _, form := range writtenForms {
		if t.Implements(form) || t.Kind() != reflect.Interface && reflect.PointerTo(t).Implements(form) {
			return true
		}
	}
	return false
}
