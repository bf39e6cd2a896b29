// Package quick judges values by the rules of validate tags that most types have, without
// go-playground/validator: it finds the failures that validator would find, in the same order.
//
// It compiles the tags of a type into a check. A type with a rule that is not known here has
// none, and is left to validator, and so is what is wrong in a map whose keys are no plain
// texts. So the meaning of every tag is validator's: FuzzValid and FuzzForms hold the two
// together.
package quick

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/anygrain/anygrain/internal/gotype"
)

// Check is the compiled check of a struct type.
type Check struct {
	check  valueCheck
	unsure bool
}

// Decides reports whether validator need never be asked about a value.
func (c *Check) Decides() bool { return !c.unsure }

// Valid reports whether the value, of the type that was compiled, is valid.
func (c *Check) Valid(v reflect.Value) bool { return c.check(v, nil) }

// Failures hands over the rules that the value breaks, one after the other, until
// take wants no more. It reports false when only validator can say, whatever take
// was given before, or when there is none.
func (c *Check) Failures(v reflect.Value, take func(Failure) (more bool)) bool {
	to := newReport(take)
	c.check(v, to)
	return !to.unsure && to.found
}

// Words says in a sentence what a rule expects of a value.
type Words func(rule, param string, kind reflect.Kind, t reflect.Type) string

// Compile returns the check of a struct type, nil when it has rules that only
// validator knows. The words become the messages of failures.
func Compile(t reflect.Type, words Words) *Check {
	if t.Kind() != reflect.Struct {
		return nil
	}
	c := compiler{words: words, structs: map[reflect.Type]*structCheck{}}
	s := c.compileStruct(t)
	if c.failed {
		return nil
	}
	return &Check{s.valid, c.unsure}
}

// Decides reports whether the rules of a type are all decided here: those of a struct, or of
// the structs in a list or map.
func Decides(t reflect.Type) bool {
	for seen := 0; t != nil && seen < mostLevels; seen++ {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			t = t.Elem()
		case reflect.Struct:
			c := Compile(t, noWords)
			return c != nil && c.Decides()
		default:
			return true
		}
	}
	return true
}

// DecidesField is Decides of a field of a struct and its rules.
func DecidesField(f gotype.Field) bool {
	c := compiler{words: noWords, structs: map[reflect.Type]*structCheck{}}
	if tag := f.Tag.Get("validate"); (f.IsExported() || f.Anonymous) && tag != "-" {
		c.field(f, tag)
	}
	return !c.failed && !c.unsure
}

func noWords(string, string, reflect.Kind, reflect.Type) string { return "" }

// mostLevels is more than a list of lists has that is not one of itself.
const mostLevels = 16

// valueCheck reports whether a value is valid for certain. When there is a report
// it goes on behind what is not, and tells the report.
type valueCheck func(v reflect.Value, to *report) bool

// structCheck is a valueCheck of a struct; types can contain themselves.
type structCheck struct{ fields []fieldCheck }

type fieldCheck struct {
	index int
	name  string
	check valueCheck
}

func (s *structCheck) valid(v reflect.Value, to *report) bool {
	if to != nil {
		return s.tell(v, to)
	}
	for i := range s.fields {
		if !s.fields[i].check(v.Field(s.fields[i].index), nil) {
			return false
		}
	}
	return true
}

// tell is valid with a report: every field is looked at.
func (s *structCheck) tell(v reflect.Value, to *report) bool {
	valid := true
	for _, f := range s.fields {
		if to.enough {
			break
		}
		around := to.enterField(f.name)
		valid = f.check(v.Field(f.index), to) && valid
		to.leave(around)
	}
	return valid
}

type compiler struct {
	words   Words
	structs map[reflect.Type]*structCheck
	failed  bool
	unsure  bool // of some values only validator can say what is wrong
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
	for f := range gotype.Fields(t) {
		tag := f.Tag.Get("validate")
		if !f.IsExported() && !f.Anonymous || tag == "-" {
			continue
		}
		if check := c.field(f, tag); check != nil {
			s.fields = append(s.fields, fieldCheck{f.Index[0], f.Name, check})
		}
	}
	return s
}

// field compiles the rules of a field. Rules on an embedded struct that is not
// exported are left to validator: it sees such a value in another way.
func (c *compiler) field(f gotype.Field, tag string) valueCheck {
	switch {
	case tag == "":
		return c.value(f.Type, nil, false)
	case !f.IsExported():
		return c.fail()
	}
	rules := strings.Split(tag, ",")
	if slices.Contains(rules, "") { // which validator refuses
		return c.fail()
	}
	return c.value(f.Type, rules, false)
}

var timeType = reflect.TypeFor[time.Time]()

// valuer are the types that validator asks for another value than their own.
var valuer = reflect.TypeFor[interface{ ValidatorValue() any }]()

// value compiles the rules of one value, to which a pointer may lead. It is nil
// when there is nothing to check.
func (c *compiler) value(t reflect.Type, rules []string, pointed bool) valueCheck {
	switch {
	case c.failed:
		return nil
	case hidesText(t):
		return c.hidden(rules, pointed)
	case leadsToText(t):
		return c.pointer(t, rules)
	case t.Implements(valuer), t.Kind() == reflect.Interface: // validator looks at what is in it
		return c.fail()
	case t.Kind() == reflect.Pointer:
		return c.pointer(t, rules)
	case t.Kind() == reflect.Struct && !t.ConvertibleTo(timeType):
		return c.nested(t, rules, pointed)
	}
	return c.sequence(t, rules, pointed)
}

// nested goes into a struct.
func (c *compiler) nested(t reflect.Type, rules []string, pointed bool) valueCheck {
	s := c.compileStruct(t)
	switch tag := strings.Join(rules, ","); {
	case tag == "", pointed && (tag == "required" || tag == "omitempty"):
		return s.valid
	case tag == "required":
		required := c.rule(t, tag, func(v reflect.Value) bool { return !v.IsZero() })
		return func(v reflect.Value, to *report) bool { return required(v, to) && s.valid(v, to) }
	case tag == "omitempty":
		return func(v reflect.Value, to *report) bool { return v.IsZero() || s.valid(v, to) }
	}
	return c.fail()
}

// sequence checks one rule after the other, up to an omitempty that ends it, or
// a dive that goes on with the elements.
func (c *compiler) sequence(t reflect.Type, rules []string, pointed bool) valueCheck {
	if len(rules) == 0 {
		return nil
	}
	rule, rest := rules[0], rules[1:]
	switch {
	case rule == "dive":
		return c.dive(t, rest)
	case pointed && !nillable(t) && (rule == "required" || rule == "omitempty"):
		return c.sequence(t, rest, pointed) // what is pointed to is there, even when it is zero
	}
	next := c.sequence(t, rest, pointed)
	if rule == "omitempty" {
		return func(v reflect.Value, to *report) bool { return empty(v) || next == nil || next(v, to) }
	}
	check := c.compileRule(t, rule)
	switch {
	case check == nil:
		return c.fail()
	case next == nil:
		return check
	}
	return func(v reflect.Value, to *report) bool { return check(v, to) && next(v, to) }
}

// nillable are the kinds whose emptiness is nil, behind a pointer too.
func nillable(t reflect.Type) bool { return t.Kind() == reflect.Slice || t.Kind() == reflect.Map }

// empty is what validator's omitempty means by it: nil for lists and maps.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.IsNil()
	}
	return v.IsZero()
}
