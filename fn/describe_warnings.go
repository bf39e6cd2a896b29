package fn

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/shape"
	"github.com/anygrain/anygrain/internal/model"
)

// warnings is what may not be meant in the declarations of a unit's functions: rules that
// refuse what a client may well mean, wildcards that nothing takes, and omitempty in vain. What is said
// of a type stands once, with the first function that has it.
func (u *Unit) warnings() []string {
	var warnings []string
	type at struct{ field, message string }
	seen := map[at]bool{}
	for _, f := range u.Functions() {
		for _, p := range append(u.typeWarnings(f), unboundWildcards(f)...) {
			if p.Field != "" && seen[at{p.Field, p.Message}] {
				continue
			}
			seen[at{p.Field, p.Message}] = true
			warnings = append(warnings, Problem{Function: f.d.name, Place: f.d.at(), Field: p.Field, Message: p.Message}.String())
		}
	}
	return append(warnings, u.unneededWarnings()...)
}

// unneededWarnings are resources of configs that no function needs. Of the app's own config only
// the whole app can tell.
func (u *Unit) unneededWarnings() (warnings []string) {
	for _, r := range u.unneeded {
		if u.whole || r.config != u.app.config.typ {
			warnings = append(warnings, fmt.Sprintf("%v: no function needs the %s %s; declare it with fn.Needs at the functions that use it, or remove the field", r.config, r.Kind(), r.ID()))
		}
	}
	return warnings
}

// typeWarnings are those of the In and the Out.
func (u *Unit) typeWarnings(f Function) (found []binding.Problem) {
	if f.d.codecs == nil {
		return nil
	}
	found = f.d.input().RuleWarnings(u.validator)
	out, _ := model.Output(f.Out())
	for _, o := range shape.Omissions(out) {
		found = append(found, binding.Problem(o))
	}
	return found
}

// unboundWildcards are the wildcards of routes that no field of the In takes. The function cannot tell
// what was asked for; middleware could, so it is no mistake. Functions whose In reads the
// request by itself are left out.
func unboundWildcards(f Function) (found []binding.Problem) {
	if in := f.In(); in == nil || in.Kind() != reflect.Struct {
		return nil
	}
	for _, route := range f.Routes() {
		for _, name := range route.Wildcards() {
			if !slices.ContainsFunc(f.Input(), func(field binding.Field) bool { return field.Where == binding.InPath && field.Name == name }) {
				found = append(found, binding.Problem{Message: fmt.Sprintf("no field takes the wildcard {%s} of the route %q; give the In a field with path:%q", name, route.Pattern, name)})
			}
		}
	}
	return found
}
