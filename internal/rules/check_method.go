package rules

import (
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// validator's own validateFn calls a method by its name. That keeps the linker from leaving
// out any exported method of a program, a tenth to a third of it, unless the program is built
// with the tag validator_novalidatefn, and then the rule panics. Here the method is found by
// an interface, so that the rule says the same in every build. The method has one name, which
// validator calls when the rule has no parameter.
const (
	methodRule  = "validateFn"
	ruledMethod = "Validate"
)

type (
	validatesError interface{ Validate() error }
	validatesBool  interface{ Validate() bool }
)

// validatesItself is the rule validateFn: what the value's method Validate says.
func validatesItself(field reflect.Value) bool {
	if valid, found := askMethod(field); found {
		return valid
	}
	if field.CanAddr() {
		valid, _ := askMethod(field.Addr())
		return valid
	}
	return false
}

func askMethod(v reflect.Value) (valid, found bool) {
	if !v.CanInterface() {
		return false, false
	}
	switch v := v.Interface().(type) {
	case validatesError:
		return v.Validate() == nil, true
	case validatesBool:
		return v.Validate(), true
	}
	return false, false
}

// method checks a validateFn: that it is the method that is called, and that there is one.
func (c *ruleCheck) method(t reflect.Type, rule, path string) {
	t = gotype.Indirect(t)
	if _, param, _ := strings.Cut(rule, "="); param != "" && param != ruledMethod {
		c.problem(path, "the rule %q calls a method by its name, which units are built without: call the method %s and write %s, or register the rule with fn.Rule",
			rule, ruledMethod, methodRule)
		return
	}
	if t.Kind() != reflect.Interface && !hasRuledMethod(t) && !hasRuledMethod(reflect.PointerTo(t)) {
		c.problem(path, "the rule %q stands on %s, which has neither a method Validate() error nor Validate() bool; add one, or register a rule with fn.Rule", rule, t)
	}
}

func hasRuledMethod(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[validatesError]()) || t.Implements(reflect.TypeFor[validatesBool]())
}
