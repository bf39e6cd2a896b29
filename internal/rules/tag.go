package rules

import (
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// isRule reports whether a piece of a tag is a rule, and not the way to others.
func isRule(piece string) bool {
	switch piece {
	case "", "-", "dive", "keys", "endkeys", "structonly", "nostructlevel":
		return false
	}
	return !isOmission(piece)
}

// isPresence reports whether a rule is about whether there is a value. Only such are asked
// of nil.
func isPresence(rule string) bool {
	return rule == "required" || rule == "isdefault" || slices.Contains(namesFields, rule) || slices.Contains(namesValues, rule)
}

// presencePiece reports whether all alternatives of a piece of a tag are about presence.
func presencePiece(piece string) bool {
	for alternative := range strings.SplitSeq(piece, "|") {
		name, _, _ := strings.Cut(alternative, "=")
		if !isPresence(name) {
			return false
		}
	}
	return true
}

// isOmission reports whether a piece ends the rules of what is not there.
func isOmission(piece string) bool {
	return piece == "omitempty" || piece == "omitnil" || piece == "omitzero"
}

// structsOf lists the structs that a type leads to.
func structsOf(t reflect.Type) []reflect.Type {
	var structs []reflect.Type
	seen := map[reflect.Type]bool{}
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			visit(t.Elem())
		case reflect.Struct:
			structs = append(structs, t)
			for f := range gotype.Fields(t) {
				if f.IsExported() || f.Anonymous {
					visit(f.Type)
				}
			}
		}
	}
	visit(t)
	return structs
}

// CutDive splits rules into those of a list and those of its elements.
func CutDive(rules string) (own, inner string) {
	own, inner, _ = strings.Cut(","+rules+",", ",dive,")
	return strings.Trim(own, ","), strings.Trim(inner, ",")
}

// sources are the tags that say which part of a request a field comes from.
var sources = []string{"path", "query", "header", "cookie", "form", "body"}

// sourceOf returns the name that a field has in its part of a request.
func sourceOf(f gotype.Field) (name string, found bool) {
	for _, key := range sources {
		if name, found = f.Tag.Lookup(key); found {
			return name, true
		}
	}
	return "", false
}

// isFilled reports whether anything from outside comes into a field.
func isFilled(f gotype.Field) bool {
	_, found := sourceOf(f)
	return found || !f.Excluded()
}
