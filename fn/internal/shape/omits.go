package shape

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
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
		if !gotype.WritesItself(t) {
			o.fields(t, path)
		}
	}
}

func (o *omits) fields(t reflect.Type, path string) {
	if t.Name() != "" {
		path = t.Name()
	}
	for sf := range gotype.Fields(t) {
		if sf.Excluded() || !sf.IsExported() && !sf.Anonymous {
			continue
		}
		field := strings.TrimPrefix(path+"."+sf.Name, ".")
		if sf.HasOption("omitempty") && !sf.HasOption("omitzero") && neverEmpty(sf.Type, 0) {
			o.found = append(o.found, Omission{field, fmt.Sprintf(`has json:",omitempty", which never leaves out a %s: write omitzero to leave out its zero`, sf.Type)})
		}
		o.walk(sf.Type, field)
	}
}

// maxNesting ends the search in structs that are made of many.
const maxNesting = 20

// neverEmpty reports whether no value of the type is null or an empty text, list or
// object in JSON.
func neverEmpty(t reflect.Type, depth int) bool {
	switch {
	case gotype.IsTime(t), gotype.IsDuration(t), gotype.IsNumber(t):
		return true
	case gotype.WritesItself(t), depth > maxNesting:
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
	for sf := range gotype.Fields(t) {
		name, _ := sf.JSON()
		switch {
		case sf.Excluded(), sf.HasOption("omitzero"):
		case sf.HasOption("omitempty") && !neverEmpty(sf.Type, depth+1):
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
