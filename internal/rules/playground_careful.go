//go:build !quickrules

package rules

import (
	"context"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"
)

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
func (p *playground) holds(ctx context.Context, level validator.FieldLevel) bool {
	rule := p.rules.number(level.Param())
	for alternative := range strings.SplitSeq(rule.piece, "|") {
		if p.holdsAlone(ctx, level, alternative, rule.nilable) {
			return true
		}
	}
	return false
}

func (p *playground) holdsAlone(ctx context.Context, level validator.FieldLevel, rule string, nilable bool) (holds bool) {
	name, param, _ := strings.Cut(rule, "=")
	if r, custom := p.custom[name]; custom {
		return r.Valid(ctx, level.Field(), param)
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
func (p *playground) tryRule(ctx context.Context, value any, parent reflect.Value, rule string) (holds, panicked bool) {
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
