package gotype

import (
	"iter"
	"reflect"
	"strings"
)

// Field is a field of a struct.
type Field struct{ reflect.StructField }

// Fields goes through the fields of a struct in the order of their declaration, those of
// embedded structs not included. Index is that within t. It is a loop by numbers, and not over
// t.Fields, so that it is inlined: programs that start do it a thousand times.
func Fields(t reflect.Type) iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for i := range t.NumField() {
			if !yield(Field{t.Field(i)}) {
				return
			}
		}
	}
}

// JSON splits the json tag into the name that it gives, "" when it gives none, and the
// options with their comma. Both are empty for json:"-".
func (f Field) JSON() (name, options string) {
	tag := f.Tag.Get("json")
	if tag == "-" {
		return "", ""
	}
	name, options, found := strings.Cut(tag, ",")
	if found {
		options = "," + options
	}
	return name, options
}

// Member is the name of the field as a member of a JSON object.
func (f Field) Member() string {
	if name, _ := f.JSON(); name != "" {
		return name
	}
	return f.Name
}

// Excluded reports whether the field has json:"-".
func (f Field) Excluded() bool { return f.Tag.Get("json") == "-" }

// HasOption reports whether the json tag has an option.
func (f Field) HasOption(name string) bool {
	_, options := f.JSON()
	for option := range strings.SplitSeq(options, ",") {
		if option == name {
			return true
		}
	}
	return false
}

// Inlined reports whether the fields of an embedded struct, or of a pointer to one, count as
// those of the struct around it, as encoding/json sees it.
func (f Field) Inlined() bool {
	name, _ := f.JSON()
	return (f.Anonymous && name == "" || f.HasOption("embed")) && Pointee(f.Type).Kind() == reflect.Struct
}

// Pointee is what a pointer points to, and any other type itself.
func Pointee(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// mostPointers is more than stand one behind another in any type of use.
const mostPointers = 16

// Indirect follows pointers, up to one that leads to itself. Nil, no type, stays nil.
func Indirect(t reflect.Type) reflect.Type {
	for seen := 0; t != nil && t.Kind() == reflect.Pointer && seen < mostPointers; seen++ {
		t = t.Elem()
	}
	return t
}

// PointedStruct is the struct that a pointer points to, and any other type itself.
func PointedStruct(t reflect.Type) reflect.Type {
	if p := Pointee(t); p.Kind() == reflect.Struct {
		return p
	}
	return t
}
