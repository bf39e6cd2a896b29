//go:build !quickrules

package rules

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/validation"
)

// linked says that go-playground/validator is in this build.
const linked = true

// playground asks go-playground/validator. It is made when it is first asked, which for the
// common rules is never.
type playground struct {
	validate func() *validator.Validate
	custom   map[string]validation.Rule // those of the app
	asked    askers                     // as a rule
	careful  askers                     // when validator panics
	rules    carefulRules               // that those ask
	names    sync.Map                   // names of rules → whether there is such a rule
}

func newPlayground(custom map[string]validation.Rule) *playground {
	p := &playground{validate: sync.OnceValue(newValidate), custom: custom}
	p.asked = askers{writer: tagWriter{asItIs}, create: p.create, usual: p.validate}
	p.careful = askers{writer: tagWriter{p.rules.write}, create: p.create, usual: p.validate}
	return p
}

func newValidate() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	_ = v.RegisterValidation(methodRule, func(level validator.FieldLevel) bool { return validatesItself(level.Field()) }) // an error is of a name that is empty or no function
	return v
}

// create makes a validator with the custom rules, and those that tags are written with.
func (p *playground) create() *validator.Validate {
	v := newValidate()
	for _, r := range p.custom {
		_ = register(v, r) // which was possible before
	}
	_ = v.RegisterValidationCtx(listOrMap, hasElements)
	_ = v.RegisterValidationCtx(carefully, p.holds)
	_ = v.RegisterValidationCtx(carefullyNil, p.holds, true)
	return v
}

// register adds a custom rule.
func (p *playground) register(r validation.Rule) error {
	p.names.Delete(r.Name)
	return register(p.validate(), r)
}

func register(v *validator.Validate, r validation.Rule) error {
	return v.RegisterValidationCtx(r.Name, func(ctx context.Context, level validator.FieldLevel) bool {
		return r.Valid(ctx, level.Field(), level.Param())
	})
}

// announce says that a type will be asked about.
func (p *playground) announce(t reflect.Type) { p.asked.announce(t) }

// tell lets validator judge a value.
func (p *playground) tell(ctx context.Context, v any, to Taker) {
	if t := reflect.TypeOf(v); t == nil || gotype.Indirect(t).Kind() != reflect.Struct {
		to.Take(notAStruct)
		return
	}
	broken, panicked := p.broken(ctx, v)
	if panicked {
		broken = brokenRules(p.careful.about(gotype.Indirect(reflect.TypeOf(v))).StructCtx(ctx, v))
	}
	root := gotype.Indirect(reflect.TypeOf(v)).Name() + "."
	for _, b := range broken {
		if !to.Take(p.failure(b, root)) {
			return
		}
	}
}

// broken returns the rules that validator says are broken, or that it has panicked: it does
// where a rule does not fit the type of a value that only the client knows, and of some
// texts. What it knew of other rules is lost then. An app's own rule that panics is asked
// a second time, to panic for the app to see.
func (p *playground) broken(ctx context.Context, v any) (broken validator.ValidationErrors, panicked bool) {
	defer func() { panicked = recover() != nil }()
	return brokenRules(p.asked.about(gotype.Indirect(reflect.TypeOf(v))).StructCtx(ctx, v)), false
}

func brokenRules(err error) validator.ValidationErrors {
	broken, _ := errors.AsType[validator.ValidationErrors](err) // else there is none: v is a struct
	return broken
}

// failure takes the type's name off the path; a struct without a name has none there.
func (p *playground) failure(b validator.FieldError, root string) validation.Failure {
	path := strings.TrimPrefix(b.StructNamespace(), root)
	rule, param := p.rules.written(b.Tag(), b.Param())
	return validation.Failure{Path: path, Rule: rule, Param: param, Message: p.message(rule, param, b)}
}

func (p *playground) message(rule, param string, b validator.FieldError) string {
	if r, custom := p.custom[rule]; custom {
		return cmp.Or(r.Message, fmt.Sprintf("breaks the rule %q", rule))
	}
	return ruleMessage(rule, param, b.Kind(), b.Type())
}

// known reports whether there is a rule of that name: an unknown one panics,
// and one that is known may panic for want of a parameter, with other words.
func (p *playground) known(name string) bool {
	if known, ok := p.names.Load(name); ok {
		return known.(bool)
	}
	said := p.try("x", name)
	known := !strings.Contains(said, "Undefined validation function")
	p.names.Store(name, known)
	return known
}

// try runs one tag on a value and returns what validator panicked with, "" when it did not.
func (p *playground) try(value any, tag string) (said string) {
	return panicOf(func() { _ = p.validate().Var(value, tag) })
}

// tryStruct is try with all tags of a struct.
func (p *playground) tryStruct(value any) (said string) {
	return panicOf(func() { _ = p.validate().Struct(value) })
}

func panicOf(do func()) (said string) {
	defer func() {
		if r := recover(); r != nil {
			said = fmt.Sprint(r)
		}
	}()
	do()
	return ""
}

// tryOn tries one rule on a value of the type. Those of a struct are only asked of a field.
func (p *playground) tryOn(t reflect.Type, rule string) (said string) {
	if t.Kind() != reflect.Struct || t.ConvertibleTo(timeType) {
		return p.try(sample(t).Interface(), rule)
	}
	field := reflect.StructField{Name: "F", Type: t, Tag: reflect.StructTag("validate:" + strconv.Quote(rule+",structonly"))}
	return p.tryStruct(reflect.New(reflect.StructOf([]reflect.StructField{field})).Interface())
}

// sample makes a value that is not zero, so that omitempty does not end a try.
func sample(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.String:
		v.SetString("a")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(1)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(t, 1, 1))
	case reflect.Map:
		v.Set(reflect.MakeMap(t))
	}
	return v
}

// refuses reports whether validator refuses a value for a rule.
func (p *playground) refuses(value any, rule string) (refused bool) {
	defer func() { refused = recover() != nil || refused }()
	return p.validate().Var(value, rule) != nil
}
