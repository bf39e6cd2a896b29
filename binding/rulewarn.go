package binding

import (
	"reflect"
	"slices"
	"strings"
)

// RuleWarnings tells of rules that may not mean what they seem to: required on a bool refuses
// false, and on a number that no other rule keeps from 0 it refuses 0, though the client sent
// it. Fields are named as in CheckRules. There are none for a validator that is not Rules.
func (p *In) RuleWarnings(v Validator) []Problem {
	rules, ok := v.(*playground)
	if p == nil || !ok || p.ruled == nil {
		return nil
	}
	w := ruleWarner{rules: rules}
	for _, t := range structsOf(p.ruled) {
		for f := range t.Fields() {
			where, _, _ := placeOf(f)
			if f.IsExported() && (where != "" || f.Tag.Get("json") != "-") {
				w.field(f.Type, f.Tag.Get("validate"), typeLabel(t)+"."+f.Name)
			}
		}
	}
	return w.warnings
}

type ruleWarner struct {
	rules    *playground
	warnings []Problem
}

// field looks at the rules of a field and, behind dive, at those of its elements.
func (w *ruleWarner) field(t reflect.Type, tag, path string) {
	for tag != "" && tag != "-" {
		own, inner := cutDive(tag)
		if text := w.required(t, strings.Split(own, ",")); text != "" {
			w.warnings = append(w.warnings, Problem{Field: path, Message: text})
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
	if at < 0 || slices.ContainsFunc(pieces[:at], isOmission) || readsItself(t) || !number && t.Kind() != reflect.Bool || w.refuseZero(t, pieces) {
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
		_, custom := w.rules.messages[name]
		switch {
		case custom:
			return true
		case !isRule(piece), isPresence(name), aboutOthers(name):
			return false
		}
		return w.rules.refuses(zero, piece)
	})
}

// refuses reports whether validator refuses a value for a rule.
func (p *playground) refuses(value any, rule string) (refused bool) {
	defer func() { refused = recover() != nil || refused }()
	return p.validate().Var(value, rule) != nil
}
