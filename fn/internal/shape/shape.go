// Package shape describes Go types as far as their JSON form goes: whether two
// builds of a program mean the same by a type, and whether a value comes back
// from JSON as it was.
package shape

import (
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

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
			for f := range gotype.Fields(t) {
				if path := find(f.Type, strings.TrimPrefix(at+"."+f.Name, ".")); path != "" {
					return path
				}
			}
		}
		return ""
	}
	return find(t, "")
}
