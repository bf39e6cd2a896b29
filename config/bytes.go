package config

import (
	"fmt"
	"reflect"
)

// isBytes reports whether a type is bytes, a number of them or as many as there are:
// they are the text as it stands, as in package binding, and no list of numbers.
func isBytes(t reflect.Type) bool {
	return (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) && t.Elem().Kind() == reflect.Uint8 && !readsText(t) && !readsText(t.Elem())
}

func putBytes(field reflect.Value, text string) error {
	switch {
	case field.Kind() == reflect.Slice:
		field.Set(reflect.MakeSlice(field.Type(), len(text), len(text)))
	case len(text) != field.Len():
		return misread(fmt.Sprintf("there are %d", len(text)))
	}
	for i := range len(text) { // one by one: the type of a byte may have a name
		field.Index(i).SetUint(uint64(text[i]))
	}
	return nil
}

// bytesName is the word for the type.
func bytesName(t reflect.Type) string {
	if t.Kind() == reflect.Array {
		return fmt.Sprintf("%d bytes", t.Len())
	}
	return "bytes"
}
