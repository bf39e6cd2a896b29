package rules

import (
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// dives finds rules that never run: those of a struct that is an element of a list or map,
// unless the tag of the field says dive once for each level.
func (c *ruleCheck) dives(f gotype.Field, path string) {
	tag := f.Tag.Get("validate")
	if !isFilled(f) || leavesOut(tag) {
		return
	}
	levels, elem := elementsOf(f.Type)
	said := 0
	for piece := range strings.SplitSeq(tag, ",") {
		if piece == "dive" {
			said++
		}
	}
	if said < levels && ruledStruct(elem) {
		dive := strings.Repeat(",dive", levels)[1:]
		c.problem(path, "%s has rules that never run here; write %s, or %[2]s,structonly to leave them out", elementLabel(elem), dive)
	}
}

func elementLabel(t reflect.Type) string {
	if t.Name() == "" {
		return "the struct in it"
	}
	return t.Name()
}

// mostLevels is more than a list of lists has that is not one of itself.
const mostLevels = 16

// elementsOf returns what stands in a type behind lists and maps, and how many of those.
func elementsOf(t reflect.Type) (levels int, elem reflect.Type) {
	for levels < mostLevels {
		t = gotype.Indirect(t)
		switch t.Kind() {
		case reflect.Slice, reflect.Array, reflect.Map:
			levels, t = levels+1, t.Elem()
		default:
			return levels, t
		}
	}
	return 0, t // a list of itself
}

// leavesOut reports whether a tag says that the rules of structs behind it are not to run.
func leavesOut(tag string) bool {
	for piece := range strings.SplitSeq(tag, ",") {
		if piece == "structonly" || piece == "nostructlevel" {
			return true
		}
	}
	return tag == "-"
}

// ruledStruct reports whether a type is a struct with rules, its own or of structs in it
// that are not left out.
func ruledStruct(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && !t.ConvertibleTo(timeType) && leadsToRules(t, map[reflect.Type]bool{})
}

func leadsToRules(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return leadsToRules(t.Elem(), seen)
	case reflect.Struct:
		if hasRules(t) {
			return true
		}
		for f := range gotype.Fields(t) {
			if (f.IsExported() || f.Anonymous) && !leavesOut(f.Tag.Get("validate")) && leadsToRules(f.Type, seen) {
				return true
			}
		}
	}
	return false
}

func hasRules(t reflect.Type) bool {
	for f := range gotype.Fields(t) {
		if (f.IsExported() || f.Anonymous) && slices.ContainsFunc(strings.Split(f.Tag.Get("validate"), ","), isRule) {
			return true
		}
	}
	return false
}
