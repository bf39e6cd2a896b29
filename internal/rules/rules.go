package rules

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/internal/rules/quick"
	"github.com/anygrain/anygrain/validation"
)

// Set is the rules of go-playground/validator/v10 with those of an app. It is the
// validation.Validator that is used when an app brings none.
type Set struct {
	custom  map[string]validation.Rule // those of the app
	library *playground
	quick   sync.Map // reflect.Type of a pointer → *quick.Check, nil where only the library knows the rules
	paths   sync.Map // reflect.Type of a struct → *paths, nil where no value has too many
}

// New returns the rules with the custom ones added. They are its own alone: nothing is
// registered globally. The error names every custom rule that cannot be added.
func New(custom ...validation.Rule) (*Set, error) {
	s := &Set{custom: map[string]validation.Rule{}}
	s.library = newPlayground(s.custom)
	var errs []error
	for _, r := range custom {
		if err := s.add(r); err != nil {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Set) add(r validation.Rule) error {
	switch {
	case !isRuleName(r.Name):
		return fmt.Errorf("rule %q: a rule's name is letters, digits and underscores, starting with a letter", r.Name)
	case r.Valid == nil:
		return fmt.Errorf("rule %q: its function is nil", r.Name)
	case s.library.known(r.Name):
		return fmt.Errorf("rule %q exists already; choose another name", r.Name)
	}
	s.custom[r.Name] = r
	return s.library.register(r)
}

// isRuleName reports whether the name is letters, digits and underscores, starting
// with a letter.
func isRuleName(name string) bool {
	letter := func(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
	return name != "" && letter(rune(name[0])) && !strings.ContainsFunc(name, func(c rune) bool { return !letter(c) && c != '_' && (c < '0' || c > '9') })
}

// Struct implements validation.Validator.
func (s *Set) Struct(ctx context.Context, v any) []validation.Failure {
	if s.Valid(v) {
		return nil
	}
	var all allFailures
	s.Tell(ctx, v, &all)
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
func (s *Set) Tell(ctx context.Context, v any, to Taker) {
	if s.Valid(v) {
		return
	}
	if field, ok := s.tooMuch(v); ok {
		to.Take(validation.Failure{Path: field, Rule: "size", Message: "must be nested less deeply, or have shorter names, so that its rules can be checked"})
		return
	}
	if !s.quickly(v, to) {
		to.Forget()
		s.library.tell(ctx, v, to)
	}
}

// notAStruct is what is wrong with a value that has no fields.
var notAStruct = validation.Failure{Rule: "struct", Message: "must be a struct"}

// Valid reports whether a value, a pointer to a struct, is valid by rules that are known well.
func (s *Set) Valid(v any) bool {
	value, c := s.checkOf(v)
	return c != nil && c.Valid(value)
}

// quickly tells what is wrong with a value by rules that are known well. It reports
// false when there is nothing, or another rule; what was taken then is of no meaning.
func (s *Set) quickly(v any, to Taker) (sure bool) {
	value, c := s.checkOf(v)
	if c == nil {
		return false
	}
	return c.Failures(value, func(b quick.Failure) bool {
		return to.Take(validation.Failure{Path: b.Path, Rule: b.Name, Param: b.Param, Message: b.Message()})
	})
}

// checkOf returns what v points to with its quick check, nil when there is none.
func (s *Set) checkOf(v any) (reflect.Value, *quick.Check) {
	value := reflect.ValueOf(v)
	if value.Kind() != reflect.Pointer || value.IsNil() {
		return value, nil
	}
	return value.Elem(), s.check(value.Type())
}

// check returns the quick check of what a pointer of the type points to, nil when there is none.
func (s *Set) check(t reflect.Type) *quick.Check {
	if c, ok := s.quick.Load(t); ok {
		return c.(*quick.Check)
	}
	var c *quick.Check
	if t.Kind() == reflect.Pointer {
		c = quick.Compile(t.Elem(), ruleMessage)
	}
	if !linked && c != nil && !c.Decides() {
		c = nil // nobody could be asked about the rest
	}
	s.quick.Store(t, c)
	return c
}
