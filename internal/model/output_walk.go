package model

import (
	"reflect"
	"slices"

	"github.com/anygrain/anygrain/internal/gotype"
)

// walk collects the fields of a struct; stack holds the structs that it is
// embedded in, so that one that embeds itself ends.
func (b *outputBuilder) walk(t reflect.Type, index []int, path string, stack []reflect.Type) {
	for sf := range gotype.Fields(t) {
		f := &field{typ: sf.Type, tag: sf.Tag.Get("json"), Field: Field{
			Go: path + sf.Name, Index: append(index[:len(index):len(index)], sf.Index...),
			JSON: memberOf(sf), Rules: sf.Tag.Get("validate"), Doc: sf.Tag.Get("doc"),
		}}
		f.Place, f.Name = b.placeOf(sf, f.Go)
		for _, problem := range tagProblems(sf) {
			b.add(f.Go, "%s", problem)
		}
		inner := gotype.PointedStruct(sf.Type)
		switch {
		case f.Place != "":
			f.bound = true
			b.bound = append(b.bound, f)
		case isEmbedded(sf, inner):
			if sf.Type.Kind() == reflect.Pointer {
				b.pointers = append(b.pointers, f)
			}
			if !slices.Contains(stack, inner) {
				b.walk(inner, f.Index, f.Go+".", append(stack[:len(stack):len(stack)], inner))
			}
		case sf.Excluded() || !sf.IsExported():
		case f.JSON == "-": // as json:"-,omitempty" says
			b.add(f.Go, `is called "-" in JSON, which is the name of what is left out: give it another with json:"name", or leave it out with json:"-"`)
		default:
			f.Place, f.Name = InBody, f.JSON
			b.members = append(b.members, f)
		}
	}
}

// isEmbedded reports whether the fields of sf count as those of its struct.
func isEmbedded(sf gotype.Field, inner reflect.Type) bool {
	name, _ := sf.JSON()
	inline := sf.Anonymous && name == "" || sf.HasOption("embed")
	return inline && !sf.Excluded() && inner.Kind() == reflect.Struct && !gotype.WritesItself(inner)
}

// dominant leaves the members that Go's rule of promoted fields leaves: of
// several with one name the one that is embedded least deeply.
func dominant(members []*field) []*field {
	depth := map[string]int{}
	for _, m := range members {
		if d, ok := depth[m.JSON]; !ok || len(m.Index) < d {
			depth[m.JSON] = len(m.Index)
		}
	}
	kept := members[:0]
	for _, m := range members {
		if len(m.Index) == depth[m.JSON] {
			kept = append(kept, m)
		}
	}
	return kept
}

// placeOf returns the part that a field is bound to, "" when it has no such tag.
func (b *outputBuilder) placeOf(sf gotype.Field, path string) (place Place, name string) {
	for _, other := range []Place{InPath, InQuery, InForm} {
		if _, ok := sf.Tag.Lookup(string(other)); ok {
			b.add(path, "has the tag %s, which is for inputs: an output has header, cookie, status and body, and json for the members of its body", other)
		}
	}
	for _, other := range outputPlaces {
		value, ok := sf.Tag.Lookup(string(other))
		switch {
		case !ok:
		case place != "":
			b.add(path, "has the tags %s and %s: a field goes to one part of the reply, so keep one", place, other)
		default:
			place, name = other, value
		}
	}
	if place != "" && !sf.IsExported() {
		b.add(path, "has the tag %s but is not exported: write it with a capital letter", place)
	}
	return place, name
}

// memberOf returns the name of a field as a JSON member, "-" when it is none.
func memberOf(sf gotype.Field) string {
	if sf.Excluded() {
		return "-"
	}
	return sf.Member()
}
