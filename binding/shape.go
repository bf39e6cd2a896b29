package binding

import (
	"reflect"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// shapes knows the structs that the values of an In are made of: how their
// fields are called in Go and in JSON.
type shapes map[reflect.Type][]shapeField

type shapeField struct {
	goName, json string
	typ          reflect.Type
	inline       bool // its fields are members of the struct around it
}

// add notes a struct.
func (s shapes) add(t reflect.Type) {
	fields := []shapeField{}
	for sf := range t.Fields() {
		name, _ := jsonTag(sf)
		if name == "" {
			name = sf.Name
		}
		fields = append(fields, shapeField{sf.Name, name, sf.Type, inlined(sf)})
	}
	s[t] = fields
}

// byGo finds a field by its Go name.
func (s shapes) byGo(t reflect.Type, name string) (shapeField, bool) {
	for _, f := range s[t] {
		if f.goName == name {
			return f, true
		}
	}
	return shapeField{json: name}, false
}

// byJSON finds a field by its member's name, through embedded structs.
func (s shapes) byJSON(t reflect.Type, name string) (shapeField, bool) {
	for _, f := range s[t] {
		if f.inline {
			if inner, ok := s.byJSON(pointee(f.typ), name); ok {
				return inner, true
			}
		} else if f.json == name {
			return f, true
		}
	}
	return shapeField{}, false
}

func pointee(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// locate appends to a location what a Go path below a value of type t leads
// to: "[3].Quantity" becomes "[3].quantity".
func (s shapes) locate(location string, t reflect.Type, path string) string {
	for path != "" {
		t = pointee(t)
		var step string
		step, path = cutStep(path)
		if step[0] == '[' {
			location, t = intoElement(location, t, step[1:len(step)-1])
			continue
		}
		f, _ := s.byGo(t, step[1:])
		if !f.inline {
			location += "." + f.json
		}
		t = f.typ
	}
	return location
}

// cutStep cuts the first step off a Go path: ".Name" or "[key]". A key ends at
// the first bracket after which a path can go on.
func cutStep(path string) (step, rest string) {
	if path[0] != '[' {
		path = "." + strings.TrimPrefix(path, ".")
		if i := strings.IndexAny(path[1:], ".["); i >= 0 {
			return path[:i+1], path[i+1:]
		}
		return path, ""
	}
	for i := range path {
		if path[i] == ']' && (i+1 == len(path) || path[i+1] == '.' || path[i+1] == '[') {
			return path[:i+1], path[i+1:]
		}
	}
	return path + "]", ""
}

// pointer appends to a location what a JSON pointer below a value of type t
// leads to: /3/quantity becomes "[3].quantity".
func (s shapes) pointer(location string, t reflect.Type, pointer jsontext.Pointer) string {
	for token := range pointer.Tokens() {
		t = pointee(t)
		switch {
		case t == nil || t.Kind() != reflect.Struct:
			location, t = intoElement(location, t, token)
		default:
			f, _ := s.byJSON(t, token)
			location, t = location+"."+clip(token), f.typ
		}
	}
	return location
}

// intoElement goes into an element of a list or map. Below a type that is not
// known, a number is taken for an index.
func intoElement(location string, t reflect.Type, key string) (string, reflect.Type) {
	var elem reflect.Type
	index := key != "" && strings.Trim(key, "0123456789") == ""
	if t != nil {
		switch t.Kind() {
		case reflect.Map:
			index, elem = false, t.Elem()
		case reflect.Slice, reflect.Array:
			elem = t.Elem()
		}
	}
	if index {
		return location + "[" + clip(key) + "]", elem
	}
	return location + "." + clip(key), elem
}

// maxName is how many bytes of a name that the client chose stand in a location.
const maxName = 64

func clip(name string) string {
	if len(name) <= maxName {
		return name
	}
	return strings.ToValidUTF8(name[:maxName], "") + "…"
}
