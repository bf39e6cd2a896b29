package rules

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/rules/quick"
	"github.com/anygrain/anygrain/validation"
)

// Check implements validation.Validator. The validator itself finds a bad tag when it
// first meets it, by a panic at the first request; here every piece of every
// tag is tried on a value of the field's type, and the whole type once.
func (s *Set) Check(t reflect.Type) []validation.Problem {
	s.library.announce(gotype.Indirect(t))
	c := &ruleCheck{rules: s, seen: map[reflect.Type]bool{}, zones: KnowsZones}
	c.visit(t, typeLabel(t))
	return c.problems
}

var timeType = reflect.TypeFor[time.Time]()

type ruleCheck struct {
	rules    *Set
	seen     map[reflect.Type]bool
	zones    func() bool // whether this machine knows time zones
	problems []validation.Problem
}

func typeLabel(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return t.String()
	}
	return t.Name()
}

// visit checks the structs that a type leads to, each once.
func (c *ruleCheck) visit(t reflect.Type, path string) {
	if c.seen[t] || gotype.IsTime(t) {
		return
	}
	c.seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		c.visit(t.Elem(), path)
	case reflect.Struct:
		c.structure(t, path)
	}
}

// structure checks the tags of a struct. One with a quick check has rules that are
// all known there, each with a parameter that fits, so validator takes them: it need
// not be asked, nor made for that.
func (c *ruleCheck) structure(t reflect.Type, path string) {
	quick := c.rules.check(reflect.PointerTo(t)) != nil
	before := len(c.problems)
	for f := range gotype.Fields(t) {
		c.field(t, f, path, !quick && linked)
	}
	switch {
	case quick || len(c.problems) > before:
	case linked:
		c.whole(t, path)
	default:
		c.leftOut(t, path)
	}
}

// leftOut names the field for which the build would have to have validator.
func (c *ruleCheck) leftOut(t reflect.Type, path string) {
	for f := range gotype.Fields(t) {
		if !quick.DecidesField(f) {
			c.problem(path+"."+f.Name, "has rules for which go-playground/validator has to be asked, and the tag quickrules leaves it out: build without the tag")
			return
		}
	}
}

func (c *ruleCheck) field(parent reflect.Type, f gotype.Field, path string, tried bool) {
	path += "." + f.Name
	tag := f.Tag.Get("validate")
	switch {
	case tag == "-":
		return
	case !f.IsExported() && !f.Anonymous:
		if tag != "" {
			c.problem(path, "has a validate tag but is not exported, so its rules never run: write it with a capital letter, or remove the tag")
		}
		return
	}
	if tried && tag != "" {
		c.tag(ruleSpot{parent, f.Name, path}, f.Type, tag)
	}
	c.dives(f, path)
	c.visit(f.Type, path)
}

// ruleSpot is where a rule stands.
type ruleSpot struct {
	parent reflect.Type // the struct
	field  string       // of it
	path   string
}

// whole runs the validator once on a zero value, for what only shows there.
func (c *ruleCheck) whole(t reflect.Type, path string) {
	if said := c.rules.library.tryStruct(reflect.New(t).Interface()); said != "" {
		c.problem(path, "the validator refuses the type: %s", said)
	}
}

// tag checks the pieces of one tag. Behind dive they are about the elements,
// between keys and endkeys about the keys of a map.
func (c *ruleCheck) tag(at ruleSpot, t reflect.Type, tag string) {
	pieces := strings.Split(tag, ",")
	for i := 0; i < len(pieces); i++ {
		piece := pieces[i]
		switch piece {
		case "omitempty", "omitnil", "omitzero", "structonly", "nostructlevel", "endkeys":
		case "dive":
			element, ok := elementOf(t)
			if !ok {
				c.problem(at.path, "the rule \"dive\" stands on %s, which has no elements; remove it", t)
				return
			}
			if i+1 < len(pieces) && pieces[i+1] == "keys" {
				i = c.keys(at, t, pieces, i+1)
			}
			t = element
		case "keys":
			c.problem(at.path, "the rule \"keys\" stands alone; write dive,keys,…,endkeys")
			return
		default:
			c.piece(at, t, piece)
		}
	}
}

// keys checks the pieces between keys and endkeys and returns the index of the latter.
func (c *ruleCheck) keys(at ruleSpot, t reflect.Type, pieces []string, from int) int {
	end := slices.Index(pieces[from:], "endkeys")
	if gotype.Indirect(t).Kind() != reflect.Map || end < 0 {
		c.problem(at.path, "the rule \"keys\" needs a map and an \"endkeys\"")
		return len(pieces)
	}
	for _, piece := range pieces[from+1 : from+end] {
		c.piece(at, gotype.Indirect(t).Key(), piece)
	}
	return from + end
}

// piece checks one rule, or several with | between them.
func (c *ruleCheck) piece(at ruleSpot, t reflect.Type, piece string) {
	if piece == "" {
		c.problem(at.path, "the validate tag has an empty rule; remove the comma")
		return
	}
	for rule := range strings.SplitSeq(piece, "|") {
		name, _, _ := strings.Cut(rule, "=")
		_, custom := c.rules.custom[name]
		switch {
		case !c.rules.library.known(name):
			c.problem(at.path, "the rule %q is not known: check its spelling, or register it with fn.Rule", name)
		case custom: // a function that expects real values
		case name == "unique":
			c.unique(at, t, rule)
		case name == methodRule:
			c.method(t, rule, at.path)
		case aboutOthers(name):
			c.others(at, name, rule)
		case name == "timezone" && !c.zones():
			c.problem(at.path, "the rule \"timezone\" looks names up in a database of time zones, and there is none here, so that it would refuse every name: "+
				"build with -tags timetzdata, which puts one into the program, or install tzdata")
		case gotype.Indirect(t).Kind() == reflect.Interface:
			c.onAny(rule, at.path)
		default:
			c.alone(t, name, rule, at.path)
		}
	}
}

// onAny tries one rule on a value of every kind that a client can send. There has to be one
// that it is about.
func (c *ruleCheck) onAny(rule, path string) {
	for _, value := range []any{"a", 1.5, true, []any{}, map[string]any{}} {
		if c.rules.library.try(value, rule) == "" {
			return
		}
	}
	c.problem(path, "the rule %q has a parameter that cannot be read, whatever the value is; write another", rule)
}

// alone tries one rule on a value.
func (c *ruleCheck) alone(t reflect.Type, name, rule, path string) {
	if saysNothingOf(gotype.Indirect(t), name) {
		c.problem(path, "the rule %q is about text and stands on %s, which never keeps it; remove it or change the type", rule, t)
		return
	}
	said := c.rules.library.tryOn(gotype.Indirect(t), rule)
	switch {
	case said == "":
	case strings.Contains(said, "Bad field type"):
		c.problem(path, "the rule %q cannot stand on %s; %s", rule, t, c.instead(t, rule))
	case strings.Contains(said, "pars"), strings.Contains(said, "param"), strings.Contains(said, "index out of range"):
		c.problem(path, "the rule %q has a parameter that cannot be read; write one that fits %s", rule, t)
	default:
		c.problem(path, "the rule %q does not work here: %s", rule, said)
	}
}

// instead says what to do about a rule that cannot stand on a type: it may be meant for the
// elements.
func (c *ruleCheck) instead(t reflect.Type, rule string) string {
	elem, ok := elementOf(t)
	if !ok || elem.Kind() == reflect.Interface || c.rules.library.tryOn(gotype.Indirect(elem), rule) != "" {
		return "remove it or change the type"
	}
	return "if it is about the elements write dive," + rule + ", otherwise remove it or change the type"
}

// saysNothingOf reports whether a rule is about the form of a text and the type is a
// number or a bool, of which validator says that it breaks it, whatever the value.
func saysNothingOf(t reflect.Type, rule string) bool {
	switch rule {
	case "latitude", "longitude", "luhn_checksum", "port", "html", "url_encoded", "country_code":
		return false
	}
	_, form := formats[rule]
	if t.Implements(reflect.TypeFor[fmt.Stringer]()) { // some rules ask for its text
		return false
	}
	return form && t.Kind() >= reflect.Bool && t.Kind() <= reflect.Float64
}

func elementOf(t reflect.Type) (reflect.Type, bool) {
	t = gotype.Indirect(t)
	switch t.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map:
		return t.Elem(), true
	case reflect.Interface:
		return t, true
	}
	return nil, false
}

func (c *ruleCheck) problem(path, format string, args ...any) {
	c.problems = append(c.problems, validation.Problem{Field: path, Message: fmt.Sprintf(format, args...)})
}
