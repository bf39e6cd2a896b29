package binding

import (
	"fmt"
	"iter"
	"reflect"
	"sort"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/gotype"
)

// Go visits the keys of a map in another order each time. What a client is told
// of a request must not depend on it.

// elements goes through a list or a map, by the texts of the keys.
func elements(v reflect.Value) iter.Seq2[string, reflect.Value] {
	if v.Kind() == reflect.Map {
		return entries(v)
	}
	return func(yield func(string, reflect.Value) bool) {
		for i := range v.Len() {
			if !yield(strconv.Itoa(i), v.Index(i)) {
				return
			}
		}
	}
}

// entries goes through all of a map: keys can differ and have the same text.
func entries(v reflect.Value) iter.Seq2[string, reflect.Value] {
	type entry struct {
		key   string
		value reflect.Value
	}
	all := make([]entry, 0, v.Len())
	for r := v.MapRange(); r.Next(); {
		all = append(all, entry{keyText(r.Key()), r.Value()})
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].key < all[j].key })
	return func(yield func(string, reflect.Value) bool) {
		for _, e := range all {
			if !yield(e.key, e.value) {
				return
			}
		}
	}
}

// keyText is how the key is written as the name of a member in JSON, which is what the
// client sent. A String method is for people: it can print different keys alike.
func keyText(key reflect.Value) string {
	switch t := key.Type(); {
	case !key.CanInterface(), gotype.IsDuration(t): // which is text everywhere else too
	case t.Kind() == reflect.String && !gotype.WritesItself(t):
		return key.String()
	default:
		data, err := json.Marshal(key.Interface(), json.StringifyNumbers(true))
		if text, notText := jsontext.AppendUnquote(nil, data); err == nil && notText == nil {
			return string(text)
		}
	}
	return fmt.Sprint(key)
}

// holdsMap reports whether there is a map in values of the type.
func holdsMap(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Map:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return holdsMap(t.Elem(), seen)
	case reflect.Struct:
		for f := range gotype.Fields(t) {
			if holdsMap(f.Type, seen) {
				return true
			}
		}
	}
	return false
}
