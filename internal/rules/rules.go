package rules

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/rules/quick"
	"github.com/anygrain/anygrain/validation"
)

// Set is the rules of go-playground/validator/v10 with those of an app. It is the
// validation.Validator that is used when an app brings none.
type Set struct {
	validate func() *validator.Validate     // made when it is first asked for
	messages map[string]string              // of the custom rules
	custom   map[string]validation.RuleFunc // the custom rules
	asked    askers                         // as a rule
	careful  askers                         // when validator panics
	rules    carefulRules                   // that those ask
	names    sync.Map                       // names of rules → whether there is such a rule
	quick    sync.Map                       // reflect.Type of a pointer → *quick.Check, nil where only validator knows the rules
	paths    sync.Map                       // reflect.Type of a struct → *paths, nil where no value has too many
}

// New returns the rules with the custom ones added. They are its own alone: nothing is
// registered globally. The error names every custom rule that cannot be added.
func New(custom ...validation.Rule) (*Set, error) {
	p := &Set{validate: sync.OnceValue(newValidate), messages: map[string]string{}, custom: map[string]validation.RuleFunc{}}
	p.asked = askers{writer: tagWriter{asItIs}, create: p.create, usual: p.validate}
	p.careful = askers{writer: tagWriter{p.rules.write}, create: p.create, usual: p.validate}
	var errs []error
	for _, r := range custom {
		if err := p.add(r); err != nil {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return p, nil
}

func newValidate() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	_ = v.RegisterValidation(methodRule, validatesItself) // an error is of a name that is empty or no function
	return v
}

// isRuleName reports whether the name is letters, digits and underscores, starting
// with a letter.
func isRuleName(name string) bool {
	letter := func(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
	return name != "" && letter(rune(name[0])) && !strings.ContainsFunc(name, func(c rune) bool { return !letter(c) && c != '_' && (c < '0' || c > '9') })
}

func (p *Set) add(r validation.Rule) error {
	switch {
	case !isRuleName(r.Name):
		return fmt.Errorf("rule %q: a rule's name is letters, digits and underscores, starting with a letter", r.Name)
	case r.Valid == nil:
		return fmt.Errorf("rule %q: its function is nil", r.Name)
	case p.known(r.Name):
		return fmt.Errorf("rule %q exists already; choose another name", r.Name)
	}
	p.messages[r.Name], p.custom[r.Name] = r.Message, r.Valid
	p.names.Delete(r.Name)
	return register(p.validate(), r.Name, r.Valid)
}

func register(v *validator.Validate, name string, valid validation.RuleFunc) error {
	return v.RegisterValidationCtx(name, func(ctx context.Context, level validator.FieldLevel) bool {
		return valid(ctx, level.Field(), level.Param())
	})
}

// create makes a validator with the custom rules, and those that tags are written with.
func (p *Set) create() *validator.Validate {
	v := newValidate()
	for name, valid := range p.custom {
		_ = register(v, name, valid) // which was possible before
	}
	_ = v.RegisterValidationCtx(listOrMap, hasElements)
	_ = v.RegisterValidationCtx(carefully, p.holds)
	_ = v.RegisterValidationCtx(carefullyNil, p.holds, true)
	return v
}

// known reports whether there is a rule of that name: an unknown one panics,
// and one that is known may panic for want of a parameter, with other words.
func (p *Set) known(name string) bool {
	if known, ok := p.names.Load(name); ok {
		return known.(bool)
	}
	said := p.try("x", name)
	known := !strings.Contains(said, "Undefined validation function")
	p.names.Store(name, known)
	return known
}

// try runs one tag on a value and returns what the validator panicked with, "" when it did not.
func (p *Set) try(value any, tag string) (said string) {
	defer func() {
		if r := recover(); r != nil {
			said = fmt.Sprint(r)
		}
	}()
	_ = p.validate().Var(value, tag)
	return ""
}

// check returns the quick check of what v points to, nil when there is none.
func (p *Set) check(t reflect.Type) *quick.Check {
	if c, ok := p.quick.Load(t); ok {
		return c.(*quick.Check)
	}
	var c *quick.Check
	if t.Kind() == reflect.Pointer {
		c = quick.Compile(t.Elem(), ruleMessage)
	}
	p.quick.Store(t, c)
	return c
}

// Struct implements validation.Validator.
func (p *Set) Struct(ctx context.Context, v any) []validation.Failure {
	if p.Valid(v) {
		return nil
	}
	var all allFailures
	p.Tell(ctx, v, &all)
	return all
}

// Taker takes one failure after the other.
type Taker interface {
	Take(f validation.Failure) (more bool) // false when no other can change the answer
	Forget()                               // what was taken so far: it is told again
}

// allFailures takes all.
type allFailures []validation.Failure

func (a *allFailures) Take(f validation.Failure) bool { *a = append(*a, f); return true }

func (a *allFailures) Forget() { *a = nil }

// Tell is Struct for those who want no more than some failures: a client can break more rules
// than anybody will read of. Whether a value is valid, and what is wrong with it as a
// rule, is found out without go-playground/validator.
func (p *Set) Tell(ctx context.Context, v any, to Taker) {
	if p.Valid(v) {
		return
	}
	if field, ok := p.tooMuch(v); ok {
		to.Take(validation.Failure{Path: field, Rule: "size", Message: "must be nested less deeply, or have shorter names, so that its rules can be checked"})
		return
	}
	if !p.quickly(v, to) {
		to.Forget()
		p.ask(ctx, v, to)
	}
}

// checkOf returns what v points to with its quick check, nil when there is none.
func (p *Set) checkOf(v any) (reflect.Value, *quick.Check) {
	value := reflect.ValueOf(v)
	if value.Kind() != reflect.Pointer || value.IsNil() {
		return value, nil
	}
	return value.Elem(), p.check(value.Type())
}

// Valid reports whether a value, a pointer to a struct, is valid by rules that are known well.
func (p *Set) Valid(v any) bool {
	value, c := p.checkOf(v)
	return c != nil && c.Valid(value)
}

// quickly tells what is wrong with a value by rules that are known well. It reports
// false when there is nothing, or another rule; what was taken then is of no meaning.
func (p *Set) quickly(v any, to Taker) (sure bool) {
	value, c := p.checkOf(v)
	if c == nil {
		return false
	}
	return c.Failures(value, func(b quick.Failure) bool {
		return to.Take(validation.Failure{Path: b.Path, Rule: b.Name, Param: b.Param, Message: b.Message})
	})
}

// ask lets go-playground/validator judge a value.
func (p *Set) ask(ctx context.Context, v any, to Taker) {
	if t := reflect.TypeOf(v); t == nil || gotype.Indirect(t).Kind() != reflect.Struct {
		to.Take(validation.Failure{Rule: "struct", Message: "must be a struct"})
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
func (p *Set) broken(ctx context.Context, v any) (broken validator.ValidationErrors, panicked bool) {
	defer func() { panicked = recover() != nil }()
	return brokenRules(p.asked.about(gotype.Indirect(reflect.TypeOf(v))).StructCtx(ctx, v)), false
}

func brokenRules(err error) validator.ValidationErrors {
	broken, _ := errors.AsType[validator.ValidationErrors](err) // else there is none: v is a struct
	return broken
}

// failure takes the type's name off the path; a struct without a name has none there.
func (p *Set) failure(b validator.FieldError, root string) validation.Failure {
	path := strings.TrimPrefix(b.StructNamespace(), root)
	rule, param := p.rules.written(b.Tag(), b.Param())
	return validation.Failure{Path: path, Rule: rule, Param: param, Message: p.message(rule, param, b)}
}

func (p *Set) message(rule, param string, b validator.FieldError) string {
	if text, custom := p.messages[rule]; custom {
		if text == "" {
			return fmt.Sprintf("breaks the rule %q", rule)
		}
		return text
	}
	return ruleMessage(rule, param, b.Kind(), b.Type())
}
