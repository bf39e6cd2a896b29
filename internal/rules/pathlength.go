package rules

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// go-playground/validator writes the whole path of every struct and element that it comes
// to. With types that contain themselves, and with names that the client chose, a small
// body makes gigabytes of them. So the paths are added up before it is asked.

// paths is how validator goes through the values of a struct type.
type paths struct {
	fields   []pathField
	open     bool // they can have any length: there are maps, or the type contains itself
	building bool // the type is not finished
}

// pathField is a field with all that validator finds below it.
type pathField struct {
	index  int
	name   string
	dives  int          // the levels of lists and maps that it goes into
	inner  *paths       // of the structs that it finds there, nil when there are none
	target reflect.Type // the type of those
}

// pathsOf returns the paths of a struct type, nil when no value can have too many.
func (s *Set) pathsOf(t reflect.Type) *paths {
	if known, ok := s.paths.Load(t); ok {
		return known.(*paths)
	}
	b := pathBuilder{}
	found := b.structure(t)
	for _, other := range b {
		found.open = found.open || other.open
	}
	if !found.open {
		found = nil
	}
	s.paths.Store(t, found)
	return found
}

// pathBuilder makes the paths of each type once.
type pathBuilder map[reflect.Type]*paths

func (b pathBuilder) structure(t reflect.Type) *paths {
	if known, ok := b[t]; ok {
		known.open = known.open || known.building
		return known
	}
	made := &paths{building: true}
	b[t] = made
	for sf := range gotype.Fields(t) {
		tag := sf.Tag.Get("validate")
		if tag == "-" || !sf.IsExported() && !sf.Anonymous {
			continue
		}
		f := pathField{index: sf.Index[0], name: sf.Name, dives: strings.Count(","+tag+",", ",dive,")}
		var maps bool
		f.target, maps = divedTo(sf.Type, f.dives)
		made.open = made.open || maps
		if f.target.Kind() == reflect.Struct && !f.target.ConvertibleTo(timeType) {
			f.inner = b.structure(f.target)
		}
		if f.inner != nil || f.dives > 0 {
			made.fields = append(made.fields, f)
		}
	}
	made.building = false
	return made
}

// divedTo returns what stands so many levels below a type, and whether there is a
// map, or anything, on the way.
func divedTo(t reflect.Type, dives int) (target reflect.Type, maps bool) {
	for t = gotype.Indirect(t); dives > 0; dives-- {
		switch t.Kind() {
		case reflect.Map:
			maps = true
		case reflect.Slice, reflect.Array:
		default:
			return t, maps || t.Kind() == reflect.Interface
		}
		t = gotype.Indirect(t.Elem())
	}
	return t, maps
}

// What the paths of one value may come to, in bytes: so many for each value that is
// visited, and besides them so many times what the value itself has, or a MiB.
const (
	pathsForEach = 128
	pathsForAll  = 1 << 20
	pathsForOwn  = 8
)

// tooMuch reports whether validator would write too many paths for v, a pointer to a
// struct, and the field below which it would write most of them.
func (s *Set) tooMuch(v any) (field string, ok bool) {
	value := reflect.ValueOf(v)
	if value.Kind() != reflect.Pointer || value.IsNil() || value.Elem().Kind() != reflect.Struct {
		return "", false
	}
	from := s.pathsOf(value.Elem().Type())
	if from == nil {
		return "", false
	}
	var all, own, most int
	for i := range from.fields {
		var sum pathSum
		f := &from.fields[i]
		sum.value(f, value.Elem().Field(f.index), f.dives, len(f.name))
		all += sum.over
		own += sum.own
		if sum.over > most {
			field, most = f.name, sum.over
		}
	}
	return field, all > max(pathsForAll, pathsForOwn*own)
}

// pathSum adds up paths.
type pathSum struct {
	over int // bytes, less those that each value may have
	own  int // what the values have by themselves: so much for each, and the keys of maps
}

// value adds the path of a value, and those below it.
func (s *pathSum) value(f *pathField, v reflect.Value, dives, path int) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	s.over += path - pathsForEach
	s.own += pathsForEach
	switch {
	case dives > 0 && (v.Kind() == reflect.Slice || v.Kind() == reflect.Array):
		for i := range v.Len() {
			s.value(f, v.Index(i), dives-1, path+indexLength)
		}
	case dives > 0 && v.Kind() == reflect.Map:
		for r := v.MapRange(); r.Next(); {
			length := keyLength(r.Key())
			s.own += length
			s.value(f, r.Value(), dives-1, path+len("[]")+length)
		}
	case f.inner != nil && v.IsValid() && v.Type() == f.target:
		for i := range f.inner.fields {
			next := &f.inner.fields[i]
			s.value(next, v.Field(next.index), next.dives, path+len(".")+len(next.name))
		}
	}
}

// indexLength is what an index adds to a path, with its brackets, as a rule.
const indexLength = 4

// keyLength is what a key adds to a path.
func keyLength(key reflect.Value) int {
	if key.Kind() == reflect.String {
		return key.Len()
	}
	return len(fmt.Sprint(key))
}
