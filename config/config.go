package config

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

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
// error: the config of an app that is only described. It reads no file that a variable or a
// default names, and unsets no variable.
func Lenient() Option { return func(s *settings) { s.lenient = true } }

// Load fills a T, a struct whose fields have env tags, and validates it. For
// each variable the environment goes before a file ".env" in the working
// directory, and that before the envDefault tag; programs built with the tag
// lambda read no such file (see package dotenv). The error is an *Error that
// lists every variable that is missing or invalid.
func Load[T any](ctx context.Context, options ...Option) (T, error) {
	var out T
	err := LoadAll(ctx, []Part{{Into: &out}}, options...)
	return out, err
}

// loader turns looked-up values into a struct.
type loader struct {
	settings
	part     Part
	plan     *plan
	config   reflect.Value // the struct that is filled
	values   map[string]string
	expanded map[string]string // the texts of variables, where one may be put into another
	problems []Problem
}

// lookUp asks the source for every variable. A source that cannot be asked
// ends it, unless the config is read leniently.
func (l *loader) lookUp(ctx context.Context) error {
	for i := range l.plan.variables {
		name := l.plan.variables[i].name
		value, found, err := l.source.Lookup(ctx, name)
		if err != nil && !l.lenient {
			return lookUpError(name, err)
		}
		if found && err == nil {
			l.values[name] = value
		}
	}
	return nil
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

// read sets the fields of the config, each from the text of its variable, and tells those who
// they are that want to know.
func (l *loader) read() {
	if l.plan.expands {
		l.expanded = map[string]string{}
	}
	for i := range l.plan.variables {
		v := &l.plan.variables[i]
		text, refused := l.text(v)
		if err := v.put(l.config, text); err != nil {
			l.problem(v, v.unreadable(err))
		}
		if refused != "" {
			l.problem(v, refused)
		}
	}
	l.declare()
}

func (l *loader) problem(v *variable, message string) {
	l.problems = append(l.problems, Problem{Name: v.name, Field: l.plan.root + "." + v.field, Type: typeName(v.typ), Message: message})
}

// inOrder returns the problems in the order of the variables. What is of none comes last.
func (l *loader) inOrder() []Problem {
	place := func(p Problem) int {
		if i, ok := l.plan.byName[p.Name]; ok {
			return i
		}
		return len(l.plan.variables)
	}
	slices.SortStableFunc(l.problems, func(a, b Problem) int { return place(a) - place(b) })
	return l.problems
}
