package config

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"

	"github.com/anygrain/anygrain/validation"
)

// Option is an option of Load.
type Option func(*settings)

type settings struct {
	source    Source
	validator validation.Validator
	lenient   bool
}

// From reads the sources, the first that has a value winning, instead of what
// Load reads by itself.
func From(sources ...Source) Option {
	return func(s *settings) { s.source = First(sources...) }
}

// ValidateWith checks the validate tags with v instead of go-playground/validator.
func ValidateWith(v validation.Validator) Option {
	return func(s *settings) { s.validator = v }
}

// Lenient leaves what is missing or invalid zero instead of returning an
// error: the config of an app that is only described.
func Lenient() Option { return func(s *settings) { s.lenient = true } }

// Load fills a T, a struct whose fields have env tags, and validates it. For
// each variable the environment goes before a file ".env" in the working
// directory, and that before the envDefault tag; programs built with the tag
// lambda read no such file (see package dotenv). The error is an *Error that
// lists every variable that is missing or invalid.
func Load[T any](ctx context.Context, options ...Option) (T, error) {
	var out T
	err := load(ctx, &out, reflect.TypeFor[T](), options)
	return out, err
}

// load fills out, a pointer to a value of type t.
func load(ctx context.Context, out any, t reflect.Type, options []Option) error {
	s := settings{source: standard()}
	for _, o := range options {
		o(&s)
	}
	variables, problems := describe(t)
	if len(problems) == 0 {
		var err error
		if problems, err = s.checkRules(ctx, t, variables); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return &Error{problems}
	}
	values, err := lookUp(ctx, s, variables)
	if err != nil {
		return err
	}
	l := loader{settings: s, root: t, variables: variables, values: values}
	problems = l.parse(out)
	if s.lenient {
		return nil
	}
	if problems = l.inOrder(append(problems, l.validate(ctx, out, problems)...)); len(problems) > 0 {
		return &Error{problems}
	}
	return nil
}

// lookUp asks the source for every variable. A source that cannot be asked
// ends it, unless the config is read leniently.
func lookUp(ctx context.Context, s settings, variables []Variable) (map[string]string, error) {
	values := map[string]string{}
	for _, v := range variables {
		value, found, err := s.source.Lookup(ctx, v.Name)
		if err != nil && !s.lenient {
			return nil, lookUpError(v.Name, err)
		}
		if found && err == nil {
			values[v.Name] = value
		}
	}
	return values, nil
}

// lookUpError names the variable, unless none of the source's can be had.
func lookUpError(name string, err error) error {
	if _, ok := errors.AsType[interface {
		error
		OfAllVariables()
	}](err); ok {
		return fmt.Errorf("config: %w", err)
	}
	return fmt.Errorf("config: look up %s: %w", name, err)
}

// loader turns looked-up values into a struct.
type loader struct {
	settings
	root      reflect.Type
	variables []Variable
	values    map[string]string
}

// parse sets the fields of out, each from its own text, so that it is known which of
// them could not be read.
func (l loader) parse(out any) (problems []Problem) {
	texts, refused := textsOf(l.root, l.variables, l.values)
	for _, v := range l.variables {
		if err := v.put(reflect.ValueOf(out).Elem(), texts[v.Name]); err != nil {
			problems = append(problems, l.problem(v, v.unreadable(err)))
		}
	}
	return append(problems, l.refused(refused)...)
}

// refused names what the library itself requires, by the options of env tags.
func (l loader) refused(errs []error) (problems []Problem) {
	for _, e := range errs {
		name, message := refusal(e)
		for _, v := range l.variables {
			if v.Name == name {
				problems = append(problems, l.problem(v, message))
			}
		}
	}
	return problems
}

// refusal is the variable that an error of the library is about, and what to say of it.
func refusal(err error) (name, message string) {
	if e, ok := errors.AsType[env.VarIsNotSetError](err); ok {
		return e.Key, "is missing"
	}
	if e, ok := errors.AsType[env.EmptyVarError](err); ok {
		return e.Key, "is missing"
	}
	if e, ok := errors.AsType[env.LoadFileContentError](err); ok {
		return e.Key, "names a file that cannot be read"
	}
	return "", ""
}

// about reports whether one of the problems is of the variable.
func about(problems []Problem, name string) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.Name == name })
}

// validate checks the rules of what could be read.
func (l loader) validate(ctx context.Context, out any, unread []Problem) []Problem {
	if l.validator == nil { // there are no rules
		return nil
	}
	var problems []Problem
	for _, f := range l.validator.Struct(ctx, out) {
		if p, ok := l.broken(f, unread); ok {
			problems = append(problems, p)
		}
	}
	return problems
}

// broken is the problem of a broken rule, unless the value could not even be read. Of
// what is not set, and an empty value is not, only the rules are broken that want it
// to be there.
func (l loader) broken(f validation.Failure, unread []Problem) (Problem, bool) {
	path, _, _ := strings.Cut(f.Path, "[")
	for _, v := range l.variables {
		if v.Field != path {
			continue
		}
		if about(unread, v.Name) {
			return Problem{}, false
		}
		required := strings.HasPrefix(f.Rule, "required")
		switch set := l.values[v.Name] != ""; {
		case !set && !v.hasDefault:
			return l.problem(v, "is missing"), required
		}
		return l.problem(v, f.Message), true
	}
	return Problem{Name: f.Path, Field: rootName(l.root) + "." + f.Path, Message: f.Message}, true
}

func (l loader) problem(v Variable, message string) Problem {
	return Problem{Name: v.Name, Field: rootName(l.root) + "." + v.Field, Type: v.Type, Message: message}
}

// inOrder sorts the problems by the order of the variables.
func (l loader) inOrder(problems []Problem) []Problem {
	var ordered, rest []Problem
	for _, v := range l.variables {
		for _, p := range problems {
			if p.Name == v.Name {
				ordered = append(ordered, p)
			}
		}
	}
	for _, p := range problems {
		if !known(l.variables, p.Name) {
			rest = append(rest, p)
		}
	}
	return append(ordered, rest...)
}

func known(variables []Variable, name string) bool {
	for _, v := range variables {
		if v.Name == name {
			return true
		}
	}
	return false
}
