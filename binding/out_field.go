package binding

import (
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// outField is a field that was found in the struct or in one that it embeds.
type outField struct {
	sf    gotype.Field
	index []int
	path  string // Go path
	where Where
	tag   string // what the tag of that part says
	json  string // its name as a JSON member
}

// walk collects the fields of a struct; stack holds the structs that it is
// embedded in, so that one that embeds itself ends.
func (c *outCompiler) walk(t reflect.Type, index []int, path string, stack []reflect.Type) {
	for sf := range gotype.Fields(t) {
		f := outField{sf: sf, index: append(index[:len(index):len(index)], sf.Index...), path: path + sf.Name}
		f.where, f.tag = c.tagOf(sf, f.path)
		f.json = jsonNameOf(sf)
		for _, problem := range tagProblems(sf) {
			c.problem(f.path, "%s", problem)
		}
		inner := gotype.PointedStruct(sf.Type)
		switch {
		case f.where != "":
			c.bound = append(c.bound, f)
		case isEmbedded(sf, inner):
			if sf.Type.Kind() == reflect.Pointer {
				c.pointers = append(c.pointers, f)
			}
			if !isOnStack(stack, inner) {
				c.walk(inner, f.index, f.path+".", append(stack[:len(stack):len(stack)], inner))
			}
		case f.json != "-" && sf.IsExported():
			c.members = append(c.members, f)
		}
	}
}

// isEmbedded reports whether the fields of sf count as those of its struct.
func isEmbedded(sf gotype.Field, inner reflect.Type) bool {
	tag, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
	return sf.Anonymous && tag == "" && inner.Kind() == reflect.Struct && !gotype.WritesItself(inner)
}

func isOnStack(stack []reflect.Type, t reflect.Type) bool {
	for _, s := range stack {
		if s == t {
			return true
		}
	}
	return false
}

// dominant leaves the members that Go's rule of promoted fields leaves: of
// several with one name the one that is embedded least deeply.
func dominant(members []outField) []outField {
	depth := map[string]int{}
	for _, m := range members {
		if d, ok := depth[m.json]; !ok || len(m.index) < d {
			depth[m.json] = len(m.index)
		}
	}
	kept := members[:0]
	for _, m := range members {
		if len(m.index) == depth[m.json] {
			kept = append(kept, m)
		}
	}
	return kept
}

// outTags are the tags of an Out; inTags belong to an In alone.
var (
	outTags = []Where{Head, Cookie, Status, Body}
	inTags  = []Where{Path, Query, Form}
)

// tagOf returns the part that a field is bound to, "" when it has no such tag.
func (c *outCompiler) tagOf(sf gotype.Field, path string) (where Where, tag string) {
	for _, w := range inTags {
		if _, ok := sf.Tag.Lookup(string(w)); ok {
			c.problem(path, "has the tag %s, which is for inputs: an output has header, cookie, status and body, and json for the members of its body", w)
		}
	}
	for _, w := range outTags {
		value, ok := sf.Tag.Lookup(string(w))
		switch {
		case !ok:
		case where != "":
			c.problem(path, "has the tags %s and %s: a field goes to one part of the reply, so keep one", where, w)
		default:
			where, tag = w, value
		}
	}
	if where != "" && !sf.IsExported() {
		c.problem(path, "has the tag %s but is not exported: write it with a capital letter", where)
	}
	return where, tag
}

// jsonNameOf returns the name of a field as a JSON member, "-" when it is none.
func jsonNameOf(sf gotype.Field) string {
	tag := sf.Tag.Get("json")
	if tag == "-" {
		return "-"
	}
	if name, _, _ := strings.Cut(tag, ","); name != "" {
		return name
	}
	return sf.Name
}
