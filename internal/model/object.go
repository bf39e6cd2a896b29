package model

import (
	"reflect"
	"strconv"
	"strings"
)

// ObjectMember is a member of an object that some fields of a type make together.
type ObjectMember struct {
	Go     string // the name of the field
	Type   reflect.Type
	Tag    string // its json tag
	Stream bool   // a stream, which is bytes in JSON
}

// ObjectType is a struct of some fields alone, under the names that they have in JSON: those of
// a body when what comes from elsewhere is taken away, or all fields for the direct form. The
// JSON package then does with the members whatever their options say, as if the type had been
// declared so.
func ObjectType(members []ObjectMember) reflect.Type {
	seen := map[string]bool{}
	fields := make([]reflect.StructField, len(members))
	for i, m := range members {
		name := m.Go
		if seen[name] {
			name += "_" + strconv.Itoa(i)
		}
		seen[name] = true
		typ := m.Type
		if m.Stream {
			typ = reflect.TypeFor[[]byte]()
		}
		fields[i] = reflect.StructField{Name: name, Type: typ, Tag: reflect.StructTag("json:" + strconv.Quote(m.Tag))}
	}
	return reflect.StructOf(fields)
}

// LastName is the name of a field without those of the structs that it is embedded in.
func LastName(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
