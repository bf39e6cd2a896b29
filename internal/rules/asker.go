package rules

import (
	"context"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"
)

// askers has for each type the validator that is asked about it: one for all types whose
// tags validator can take as they stand, and others that were given the tags written anew.
// Validator takes those only before it is used, so a type that comes later needs another;
// types that are announced when an app starts share one.
type askers struct {
	writer tagWriter
	create func() *validator.Validate
	usual  func() *validator.Validate // of the types whose tags are as they stand

	mu        sync.Mutex
	announced []reflect.Type
	of        sync.Map // reflect.Type of a struct → *validator.Validate
}

// announce says that a type will be asked about.
func (a *askers) announce(t reflect.Type) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.announced = append(a.announced, t)
}

// about returns the validator of a type.
func (a *askers) about(t reflect.Type) *validator.Validate {
	if v, ok := a.of.Load(t); ok {
		return v.(*validator.Validate)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if v, ok := a.of.Load(t); ok {
		return v.(*validator.Validate)
	}
	a.prepare(append(a.announced, t))
	a.announced = nil
	v, _ := a.of.Load(t)
	return v.(*validator.Validate)
}

// prepare makes the validator of some types. Those whose tags stay as they are get the
// usual one. Nobody gets the new one before it has the tags of all types: validator does
// not take them while it is used.
func (a *askers) prepare(types []reflect.Type) {
	var made *validator.Validate
	done := map[reflect.Type]bool{}
	anew := map[reflect.Type]bool{}
	for _, t := range types {
		for _, s := range structsOf(t) {
			tags := a.writer.rewritten(s)
			if tags == nil {
				continue
			}
			if made == nil {
				made = a.create()
			}
			if !done[s] {
				done[s] = true
				made.RegisterStructValidationMapRules(tags, reflect.Zero(s).Interface())
			}
			anew[t] = true
		}
	}
	for _, t := range types {
		if anew[t] {
			a.of.LoadOrStore(t, made)
		} else {
			a.of.LoadOrStore(t, a.usual())
		}
	}
}

// Where validator panics, each rule is asked by itself, and one that panics is broken. What
// an app's own rule panics with is the app's affair.

// carefulRules are the rules of tags that are asked one by one, each with a number by
// which the tag names it.
type carefulRules struct {
	mu    sync.Mutex
	rules []carefulRule
	known map[carefulRule]int
}

type carefulRule struct {
	piece   string
	nilable bool // the value can be nil, so that zero is not the same as absent
}

// The names of the rules that ask another one: that of a value, and of presence.
const (
	carefully    = "carefully"
	carefullyNil = "carefully-nil"
)

// write returns what stands in a tag for a rule.
func (c *carefulRules) write(piece string, nilable bool) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	rule := carefulRule{piece, nilable}
	n, ok := c.known[rule]
	if !ok {
		if c.known == nil {
			c.known = map[carefulRule]int{}
		}
		n = len(c.rules)
		c.rules, c.known[rule] = append(c.rules, rule), n
	}
	if presencePiece(piece) {
		return carefullyNil + "=" + strconv.Itoa(n)
	}
	return carefully + "=" + strconv.Itoa(n)
}

// number returns the rule that a parameter names.
func (c *carefulRules) number(param string) carefulRule {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, err := strconv.Atoi(param)
	if err != nil || n >= len(c.rules) {
		return carefulRule{}
	}
	return c.rules[n]
}

// holds reports whether one of the alternatives of a rule holds.
func (p *Set) holds(ctx context.Context, level validator.FieldLevel) bool {
	rule := p.rules.number(level.Param())
	for alternative := range strings.SplitSeq(rule.piece, "|") {
		if p.holdsAlone(ctx, level, alternative, rule.nilable) {
			return true
		}
	}
	return false
}

func (p *Set) holdsAlone(ctx context.Context, level validator.FieldLevel, rule string, nilable bool) (holds bool) {
	name, param, _ := strings.Cut(rule, "=")
	if valid, custom := p.custom[name]; custom {
		return valid(ctx, level.Field(), param)
	}
	value := level.Field()
	if nilable {
		value = pointerTo(value)
	}
	ask := func(value any, rule string) (holds, panicked bool) {
		return p.tryRule(ctx, value, level.Parent(), rule)
	}
	if condition, ok := conditions[name]; ok {
		return condition(ask, value.Interface(), param)
	}
	holds, panicked := ask(value.Interface(), rule)
	return holds && !panicked
}

// tryRule asks validator for one rule on a value.
func (p *Set) tryRule(ctx context.Context, value any, parent reflect.Value, rule string) (holds, panicked bool) {
	defer func() { panicked = recover() != nil }()
	return p.validate().VarWithValueCtx(ctx, value, parent.Interface(), rule) == nil, false
}

// pointerTo returns a pointer to a value that was found behind one, nil for nil.
func pointerTo(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		return reflect.Zero(reflect.TypeFor[*any]())
	}
	pointer := reflect.New(v.Type())
	pointer.Elem().Set(v)
	return pointer
}

// hasElements is the rule that a value is a list or a map.
func hasElements(_ context.Context, level validator.FieldLevel) bool {
	switch level.Field().Kind() {
	case reflect.Slice, reflect.Array, reflect.Map:
		return true
	}
	return false
}

// written returns the rule of the code in whose place another was written.
func (c *carefulRules) written(rule, param string) (name, of string) {
	switch rule {
	case carefully, carefullyNil:
		piece := c.number(param).piece
		if strings.Contains(piece, "|") {
			return piece, ""
		}
		name, of, _ = strings.Cut(piece, "=")
		return name, unescaped(of)
	case listOrMap:
		return "dive", ""
	}
	return rule, param
}

// unescaped is a parameter as validator reads it.
func unescaped(param string) string {
	return strings.ReplaceAll(strings.ReplaceAll(param, "0x2C", ","), "0x7C", "|")
}
