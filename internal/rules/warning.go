package rules

import (
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/validation"
)

// Warnings tells of rules of a type that may not mean what they seem to: required on a bool
// refuses false, and on a number that no other rule keeps from 0 it refuses 0, though
// somebody sent it.
func (s *Set) Warnings(t reflect.Type) []validation.Problem {
	w := ruleWarner{rules: s}
	for _, t := range structsOf(t) {
		for f := range gotype.Fields(t) {
			if f.IsExported() && isFilled(f) {
				w.field(f.Type, f.Tag.Get("validate"), typeLabel(t)+"."+f.Name)
			}
		}
	}
	return w.warnings
}

type ruleWarner struct {
	rules    *Set
	warnings []validation.Problem
}

// field looks at the rules of a field and, behind dive, at those of its elements.
func (w *ruleWarner) field(t reflect.Type, tag, path string) {
	for tag != "" && tag != "-" {
		own, inner := CutDive(tag)
		if text := w.required(t, strings.Split(own, ",")); text != "" {
			w.warnings = append(w.warnings, validation.Problem{Field: path, Message: text})
		}
		elem, ok := elementOf(t)
		if !ok {
			return
		}
		if _, behind, keys := strings.Cut(","+inner+",", ",endkeys,"); keys {
			inner = strings.Trim(behind, ",")
		}
		t, tag = elem, inner
	}
}

// required says what required refuses of a type, "" when it is nothing that a client means.
func (w *ruleWarner) required(t reflect.Type, pieces []string) string {
	at := slices.Index(pieces, "required")
	number := t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64
	if at < 0 || slices.ContainsFunc(pieces[:at], isOmission) || gotype.ReadsItself(t) || !number && t.Kind() != reflect.Bool || w.refuseZero(t, pieces) {
		return ""
	}
	zero, meant := "0", "ne=0"
	if !number {
		zero, meant = "false", "eq=true"
	}
	return `has the rule "required", which refuses ` + zero + ", also when the client sent it: to ask for presence take *" + t.String() +
		", or write required," + meant + " if it is meant"
}

// refuseZero reports whether one of the other rules refuses zero, or may: that of an app is
// not asked.
func (w *ruleWarner) refuseZero(t reflect.Type, pieces []string) bool {
	zero := reflect.Zero(t).Interface()
	return slices.ContainsFunc(pieces, func(piece string) bool {
		name, _, _ := strings.Cut(piece, "=")
		_, custom := w.rules.custom[name]
		switch {
		case custom:
			return true
		case !isRule(piece), isPresence(name), aboutOthers(name):
			return false
		}
		return w.rules.library.refuses(zero, piece)
	})
}
