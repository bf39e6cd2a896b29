package binding

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/model"
	"github.com/anygrain/anygrain/internal/rules"
)

// CheckRules holds the validate tags of the type against the validator, and
// the defaults against the rules of their fields. Without a validator there is
// nothing to check.
func (p *In) CheckRules(v Validator) []Problem {
	if p == nil || v == nil {
		return nil
	}
	if p.ruled == nil {
		return nil
	}
	if problems := v.Check(p.ruled); len(problems) > 0 {
		return problems
	}
	if p.broken { // a default may be what could not be read
		return nil
	}
	return p.checkDefaults(v)
}

// typeOfRules is the struct whose tags hold the rules of a type, nil when there
// is none.
func typeOfRules(t reflect.Type) reflect.Type {
	for seen := map[reflect.Type]bool{}; !seen[t]; t = t.Elem() {
		seen[t] = true // a list can be a list of itself
		switch t.Kind() {
		case reflect.Struct:
			return t
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		default:
			return nil
		}
	}
	return nil
}

// checkDefaults lets the rules judge an In of nothing but defaults.
func (p *In) checkDefaults(v Validator) []Problem {
	if p.model.Bare {
		return nil
	}
	in := reflect.New(p.typ)
	for _, field := range p.fields {
		if field.defaults != nil {
			field.defaults.Put(field.in(in.Elem()))
		}
	}
	var problems []Problem
	for _, f := range v.Struct(context.Background(), in.Interface()) {
		// what else a rule asks is for requests to say
		if field, _ := p.fieldAt(f.Path); field != nil && field.defaults != nil && rules.HoldEverywhere(field.typ, f.Rule) {
			problems = append(problems, Problem{
				Field:   model.FieldPath(p.typ, field.Go),
				Message: fmt.Sprintf("has the default %q, which breaks its own rule %s: it %s", field.Default, ruleText(f), f.Message),
			})
		}
	}
	return problems
}

func ruleText(f Failure) string {
	if f.Param == "" {
		return f.Rule
	}
	return f.Rule + "=" + f.Param
}

// judge applies the rules to what could be read, and the type's own Validate
// methods when nothing at all is wrong.
func (p *In) judge(ctx context.Context, in any, f *faults, v Validator) error {
	if v != nil {
		p.applyRules(ctx, in, f, v)
	}
	if err := f.err(); err != nil {
		return err
	}
	return p.checks.run(ctx, p.fields, reflect.ValueOf(in).Elem())
}

func (p *In) applyRules(ctx context.Context, in any, f *faults, v Validator) {
	if p.typ.Kind() == reflect.Struct {
		p.applyRulesTo(ctx, in, spot{}, f, v)
		return
	}
	if p.ruled != nil && !f.hides(string(InBody)) {
		p.applyRulesWithin(ctx, reflect.ValueOf(in).Elem(), spot{string(InBody), p.model.Root}, f, v)
	}
}

// spot is where a struct stands that is judged: the In itself, or an element of a
// list or map that is the whole body.
type spot struct {
	location string
	of       model.Ref // the type of the element; none for the In
}

// applyRulesWithin applies the rules to the structs in a list or map that is
// the whole body: it has no field whose tag could say dive.
func (p *In) applyRulesWithin(ctx context.Context, value reflect.Value, at spot, f *faults, v Validator) {
	switch value.Kind() {
	case reflect.Struct:
		p.applyRulesTo(ctx, addressable(value).Interface(), at, f, v)
	case reflect.Pointer:
		if !value.IsNil() {
			p.applyRulesWithin(ctx, value.Elem(), spot{at.location, p.model.Type(at.of).Elem}, f, v)
		}
	case reflect.Slice, reflect.Array, reflect.Map:
		for key, elem := range elements(value) {
			if f.full() {
				return
			}
			to, of := p.appendElement([]byte(at.location), at.of, key)
			f.keys = append(f.keys, key)
			p.applyRulesWithin(ctx, elem, spot{string(to), of}, f, v)
			f.keys = f.keys[:len(f.keys)-1]
		}
	}
}

// addressable returns a pointer to the value, or to a copy of an element of a
// map, which has no address.
func addressable(v reflect.Value) reflect.Value {
	if v.CanAddr() {
		return v.Addr()
	}
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return p
}

// applyRulesTo applies the rules to a struct, and reports broken ones in the client's
// terms, but not of what could not be read.
func (p *In) applyRulesTo(ctx context.Context, in any, at spot, f *faults, v Validator) {
	if f.full() {
		return
	}
	f.failures = keptFailures{codec: p, faults: f, at: at}
	failures := f.failures.broken(ctx, in, v)
	if len(failures) > 0 && f.from != nil {
		f.from.markAbsent(at, failures)
	}
	f.expect(len(failures))
	for _, failure := range failures {
		location, order := p.locate(at, failure.Path)
		f.add(order, Violation{location, failure.Rule, failure.Message})
	}
}

// locate returns the location of a Go path within the struct at the spot, and the order
// of its field.
func (p *In) locate(at spot, path string) (location string, order int) {
	if at.of != model.None {
		return p.locateGo(at.location, at.of, path), p.whole.order
	}
	field, rest := p.fieldAt(path)
	if field == nil { // not of a field that a client knows, but of an embedded struct for one
		return strings.TrimPrefix(p.locateGo("", p.model.Root, path), "."), len(p.fields)
	}
	return p.locateGo(field.location, field.Type, rest), field.order
}

// fieldAt returns the field that a Go path begins with, and the rest of the path.
func (p *In) fieldAt(path string) (*inField, string) {
	for _, field := range p.fields {
		rest, ok := strings.CutPrefix(path, field.Go)
		if ok && (field.Go == "" || rest == "" || rest[0] == '.' || rest[0] == '[') {
			return field, rest
		}
	}
	return nil, ""
}

// RuleWarnings tells of rules that may not mean what they seem to: required on a bool refuses
// false, and on a number that no other rule keeps from 0 it refuses 0, though the client sent
// it. Fields are named as in CheckRules. There are none for a validator that is not Rules.
func (p *In) RuleWarnings(v Validator) []Problem {
	set, ok := v.(*rules.Set)
	if p == nil || !ok || p.ruled == nil {
		return nil
	}
	return set.Warnings(p.ruled)
}
