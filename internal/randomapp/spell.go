package randomapp

import (
	"encoding"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Spell writes a Go value out, so that two that are spelled alike are alike for a
// program: nil is not empty, and a pointer to nil is not nil. Of a reader it tells
// whether there is one, of a time the instant and the offset.
func Spell(value any) string { return spell(reflect.ValueOf(value)) }

func spell(v reflect.Value) string {
	if !v.IsValid() {
		return "nothing"
	}
	if canBeNil(v) && v.IsNil() {
		return "nil"
	}
	if text, ok := spellWhole(v); ok {
		return text
	}
	switch v.Kind() {
	case reflect.Pointer:
		return "&" + spell(v.Elem())
	case reflect.Interface:
		return v.Elem().Type().String() + " " + spell(v.Elem())
	case reflect.Slice, reflect.Array:
		return spellList(v)
	case reflect.Map:
		return spellMap(v)
	case reflect.Struct:
		return spellStruct(v)
	case reflect.String:
		return strconv.Quote(v.String())
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits())
	}
	return fmt.Sprint(v)
}

// spellWhole writes what is not looked into.
func spellWhole(v reflect.Value) (string, bool) {
	if v.Type().Implements(reflect.TypeFor[io.Reader]()) {
		return "a reader", true
	}
	if v.Kind() != reflect.Struct || !v.CanInterface() {
		return "", false
	}
	switch value := v.Interface().(type) {
	case time.Time:
		return value.Format(time.RFC3339Nano), true
	case encoding.TextMarshaler:
		text, err := value.MarshalText()
		return fmt.Sprintf("%q %v", text, err), true
	}
	return "", false
}

func spellList(v reflect.Value) string {
	elements := make([]string, v.Len())
	for i := range elements {
		elements[i] = spell(v.Index(i))
	}
	return "[" + strings.Join(elements, " ") + "]"
}

func spellMap(v reflect.Value) string {
	var pairs []string
	for key, value := range v.Seq2() {
		pairs = append(pairs, spell(key)+":"+spell(value))
	}
	slices.Sort(pairs)
	return "map[" + strings.Join(pairs, " ") + "]"
}

func spellStruct(v reflect.Value) string {
	var fields []string
	for f, value := range v.Fields() {
		fields = append(fields, f.Name+":"+spell(value))
	}
	return "{" + strings.Join(fields, " ") + "}"
}

func canBeNil(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return true
	}
	return false
}
