// Package quick recognises values that go-playground/validator would find
// nothing wrong with, without asking it.
//
// It compiles the validate tags of a type into a check that is right in one
// direction only: what it calls valid is valid, whatever else it leaves to
// validator, which alone decides what is wrong and says so. A type with a rule
// that is not known here has no check. So the meaning of every tag is
// validator's; FuzzValid holds the two together.
package quick

import (
	"reflect"
	"slices"
	"strings"
	"time"
)

// Check is the compiled check of a struct type.
type Check struct{ check valueCheck }

// Valid reports whether the value, of the type that was compiled, is valid for
// certain.
func (c *Check) Valid(v reflect.Value) bool { return c.check(v) }

// Compile returns the check of a struct type, nil when it has rules that only
// validator knows.
func Compile(t reflect.Type) *Check {
	if t.Kind() != reflect.Struct {
		return nil
	}
	c := compiler{structs: map[reflect.Type]*structCheck{}}
	s := c.compileStruct(t)
	if c.failed {
		return nil
	}
	return &Check{s.valid}
}

// valueCheck reports whether a value is valid for certain.
type valueCheck func(v reflect.Value) bool

// structCheck is a valueCheck of a struct; types can contain themselves.
type structCheck struct{ fields []fieldCheck }

type fieldCheck struct {
	index int
	check valueCheck
}

func (s *structCheck) valid(v reflect.Value) bool {
	for i := range s.fields {
		if !s.fields[i].check(v.Field(s.fields[i].index)) {
			return false
		}
	}
	return true
}

type compiler struct {
	structs map[reflect.Type]*structCheck
	failed  bool
}

// fail gives the type up.
func (c *compiler) fail() valueCheck {
	c.failed = true
	return nil
}

func (c *compiler) compileStruct(t reflect.Type) *structCheck {
	if s, ok := c.structs[t]; ok {
		return s
	}
	s := &structCheck{}
	c.structs[t] = s
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("validate")
		if !f.IsExported() && !f.Anonymous || tag == "-" {
			continue
		}
		var rules []string
		if tag != "" {
			rules = strings.Split(tag, ",")
		}
		if slices.Contains(rules, "") { // which validator refuses
			c.fail()
		}
		if check := c.value(f.Type, rules); check != nil {
			s.fields = append(s.fields, fieldCheck{i, check})
		}
	}
	return s
}

var timeType = reflect.TypeFor[time.Time]()

// value compiles the rules of one value. It is nil when there is nothing to check.
func (c *compiler) value(t reflect.Type, rules []string) valueCheck {
	switch {
	case c.failed:
		return nil
	case t.Kind() == reflect.Pointer:
		return c.pointer(t, rules)
	case t.Kind() == reflect.Interface: // validator looks at what is in it
		return c.fail()
	case t.Kind() == reflect.Struct && !t.ConvertibleTo(timeType):
		return c.nested(t, rules)
	}
	return c.sequence(t, rules)
}

// pointer follows a pointer. What omitempty says of nil does not count for what
// is behind a pointer that is there.
func (c *compiler) pointer(t reflect.Type, rules []string) valueCheck {
	nilIsValid := len(rules) == 0 || rules[0] == "omitempty"
	inner := c.value(t.Elem(), withoutOmitempty(rules))
	return func(v reflect.Value) bool {
		if v.IsNil() {
			return nilIsValid
		}
		return inner == nil || inner(v.Elem())
	}
}

// withoutOmitempty takes out the rule as far as it is about the value itself.
func withoutOmitempty(rules []string) []string {
	var kept []string
	for i, rule := range rules {
		if rule == "dive" {
			return append(kept, rules[i:]...)
		}
		if rule != "omitempty" {
			kept = append(kept, rule)
		}
	}
	return kept
}

// nested goes into a struct.
func (c *compiler) nested(t reflect.Type, rules []string) valueCheck {
	s := c.compileStruct(t)
	switch strings.Join(rules, ",") {
	case "":
		return s.valid
	case "required":
		return func(v reflect.Value) bool { return !v.IsZero() && s.valid(v) }
	case "omitempty":
		return func(v reflect.Value) bool { return v.IsZero() || s.valid(v) }
	}
	return c.fail()
}

// sequence checks one rule after the other, up to an omitempty that ends it, or
// a dive that goes on with the elements.
func (c *compiler) sequence(t reflect.Type, rules []string) valueCheck {
	if len(rules) == 0 {
		return nil
	}
	rule, rest := rules[0], rules[1:]
	switch rule {
	case "omitempty":
		next := c.sequence(t, rest)
		return func(v reflect.Value) bool { return empty(v) || next == nil || next(v) }
	case "dive":
		return c.dive(t, rest)
	}
	check := compileRule(t, rule)
	if check == nil {
		return c.fail()
	}
	next := c.sequence(t, rest)
	if next == nil {
		return check
	}
	return func(v reflect.Value) bool { return check(v) && next(v) }
}

// empty is what validator's omitempty means by it: nil for lists and maps.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.IsNil()
	}
	return v.IsZero()
}

func (c *compiler) dive(t reflect.Type, rules []string) valueCheck {
	if len(rules) > 0 && rules[0] == "keys" {
		return c.fail()
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		check := c.value(t.Elem(), rules)
		if check == nil {
			return func(reflect.Value) bool { return true }
		}
		return func(v reflect.Value) bool {
			for i := range v.Len() {
				if !check(v.Index(i)) {
					return false
				}
			}
			return true
		}
	case reflect.Map:
		check := c.value(t.Elem(), rules)
		return func(v reflect.Value) bool {
			for r := v.MapRange(); check != nil && r.Next(); {
				if !check(r.Value()) {
					return false
				}
			}
			return true
		}
	}
	return c.fail()
}
