package binding

import (
	"reflect"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/rules"
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
	for sf := range gotype.Fields(t) {
		name, _ := sf.JSON()
		if name == "" {
			name = sf.Name
		}
		fields = append(fields, shapeField{sf.Name, name, sf.Type, sf.Inlined()})
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
			if inner, ok := s.byJSON(gotype.Indirect(f.typ), name); ok {
				return inner, true
			}
		} else if f.json == name {
			return f, true
		}
	}
	return shapeField{}, false
}

// locate appends to a location what a Go path below a value of type t leads
// to: "[3].Quantity" becomes "[3].quantity". It goes no further than a location
// may be long.
func (s shapes) locate(location string, t reflect.Type, path string) string {
	if path == "" {
		return location
	}
	var room [usualLocation]byte
	to := append(room[:0], location...)
	for path != "" {
		if len(to) > maxLocation {
			return string(append(to, ellipsis...))
		}
		t = gotype.Indirect(t)
		var step string
		step, path = rules.CutStep(path)
		if key, ok := strings.CutPrefix(step, "["); ok {
			to, t = intoElement(to, t, key[:len(key)-1])
			continue
		}
		f, _ := s.byGo(t, step)
		if !f.inline {
			to = append(append(to, '.'), f.json...)
		}
		t = f.typ
	}
	return string(to)
}

// usualLocation is how long a location is at most, as a rule.
const usualLocation = 128

// maxLocation is how many bytes of a location are told, to the end of the step in which
// they are reached: a client chooses how deep it nests what it sends.
const maxLocation = 512

// ellipsis ends what is not told whole.
const ellipsis = "…"

// pointer appends to a location what a JSON pointer below a value of type t
// leads to: /3/quantity becomes "[3].quantity".
func (s shapes) pointer(location string, t reflect.Type, pointer jsontext.Pointer) string {
	to := []byte(location)
	for token := range pointer.Tokens() {
		if len(to) > maxLocation {
			return string(append(to, ellipsis...))
		}
		t = gotype.Indirect(t)
		switch {
		case t == nil || t.Kind() != reflect.Struct:
			to, t = intoElement(to, t, token)
		default:
			f, _ := s.byJSON(t, token)
			to, t = append(append(to, '.'), clip(token)...), f.typ
		}
	}
	return string(to)
}

// intoElement goes into an element of a list or map. Below a type that is not
// known, a number is taken for an index.
func intoElement(location []byte, t reflect.Type, key string) ([]byte, reflect.Type) {
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
		return append(append(append(location, '['), clip(key)...), ']'), elem
	}
	return append(append(location, '.'), clip(key)...), elem
}

// maxName is how many bytes of a name that the client chose stand in a location.
const maxName = 64

func clip(name string) string { return clipTo(maxName, name) }

func clipTo(most int, text string) string {
	if len(text) <= most {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	return strings.ToValidUTF8(text[:most], "") + ellipsis
}
