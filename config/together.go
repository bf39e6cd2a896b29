package config

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Part is one config among several that are loaded together: the config of an app, or the
// section of a group.
type Part struct {
	Into  any    // a pointer to the struct that is filled
	Group string // the group whose section it is; "" for the config of an app
	Place string // where it is declared, for messages: "shop/chat.go:12"; may be ""
	Given bool   // it is filled already: nothing is read, its Declared fields are told who they are
}

// LoadAll fills several configs as Load fills one. Everything that is missing or invalid in
// any of them is in one error, a variable that several read once. Two configs may read one
// variable if type, options, default and rules agree; its value is looked up once. Values
// that are put into others (the option expand) come from the same config.
func LoadAll(ctx context.Context, parts []Part, options ...Option) error {
	s := settings{source: standard()}
	for _, o := range options {
		if o != nil {
			o(&s)
		}
	}
	loaders, err := loadersOf(parts)
	if err != nil {
		return err
	}
	if err := s.checkAll(ctx, loaders); err != nil {
		return err
	}
	if len(loaders) > 1 {
		s.source = remembering{s.source, map[string]remembered{}}
	}
	for _, l := range loaders {
		l.settings = s
		if err := l.lookUp(ctx); err != nil {
			return err
		}
	}
	for _, l := range loaders { // after all look-ups, as reading may unset variables
		l.read()
	}
	if s.lenient {
		return nil
	}
	var problems []Problem
	for _, l := range loaders {
		l.validate(ctx)
		problems = append(problems, l.inOrder()...)
	}
	if len(problems) > 0 {
		return &Error{eachOnce(problems)}
	}
	return nil
}

// DescribeAll lists the variables that each of the configs reads, in their order. The error is
// an *Error about the types, as that of LoadAll.
func DescribeAll(parts []Part) ([][]Variable, error) {
	loaders, err := loadersOf(parts)
	if err != nil {
		return nil, err
	}
	if problems := declarationProblems(loaders); len(problems) > 0 {
		return nil, &Error{problems}
	}
	lists := make([][]Variable, len(loaders))
	for i, l := range loaders {
		for j := range l.plan.variables {
			v := l.plan.variables[j].describe()
			v.Group = l.part.Group
			lists[i] = append(lists[i], v)
		}
	}
	return lists, nil
}

// loadersOf plans the configs. Those that are given already have no variables to read.
func loadersOf(parts []Part) ([]*loader, error) {
	loaders := make([]*loader, len(parts))
	for i, part := range parts {
		into := reflect.ValueOf(part.Into)
		if into.Kind() != reflect.Pointer || into.IsNil() {
			return nil, fmt.Errorf("config: a config is loaded into %T; pass a pointer to a struct", part.Into)
		}
		l := &loader{part: part, plan: planOf(into.Type().Elem()), config: into.Elem(), values: map[string]string{}}
		if part.Group != "" {
			l.plan.root = into.Type().Elem().String()
		}
		if part.Given {
			l.declare()
			l.plan = &plan{typ: l.plan.typ, root: l.plan.root}
		}
		loaders[i] = l
	}
	return loaders, nil
}

// checkAll checks what is wrong whatever the variables are.
func (s *settings) checkAll(ctx context.Context, loaders []*loader) error {
	problems := declarationProblems(loaders)
	if len(problems) > 0 {
		return &Error{problems}
	}
	for _, l := range loaders {
		if l.part.Given {
			continue
		}
		found, err := s.checkRules(ctx, l.plan)
		if err != nil {
			return err
		}
		problems = append(problems, found...)
	}
	if len(problems) > 0 {
		return &Error{problems}
	}
	return nil
}

// declarationProblems are those of each type, and variables that two of them do not agree on.
func declarationProblems(loaders []*loader) []Problem {
	var problems []Problem
	for _, l := range loaders {
		problems = append(problems, l.plan.problems...)
	}
	if len(loaders) > 1 {
		problems = append(problems, disagreements(loaders)...)
	}
	return problems
}

// disagreements are the variables that two configs read, and not as the same.
func disagreements(loaders []*loader) []Problem {
	var problems []Problem
	first := map[string]*loader{}
	for _, l := range loaders {
		for i := range l.plan.variables {
			v := &l.plan.variables[i]
			other, taken := first[v.name]
			if !taken {
				first[v.name] = l
				continue
			}
			before := &other.plan.variables[other.plan.byName[v.name]]
			if differences := v.differences(before); differences != nil {
				problems = append(problems, misdeclared(l.plan.root+"."+v.field, typeName(v.typ), fmt.Sprintf(
					"reads %s%s, which %s reads too%s, but they differ: %s; let type, options, default and rules agree, or take two variables",
					v.name, l.part.where(), other.plan.root+"."+before.field, other.part.where(), strings.Join(differences, ", "))))
			}
		}
	}
	return problems
}

// where says whose config it is and where it is declared.
func (p Part) where() string {
	switch {
	case p.Group != "" && p.Place != "":
		return fmt.Sprintf(" (of group %q, %s)", p.Group, p.Place)
	case p.Group != "":
		return fmt.Sprintf(" (of group %q)", p.Group)
	case p.Place != "":
		return " (" + p.Place + ")"
	}
	return ""
}

// readTogether are the tags besides env that decide what is read.
var readTogether = []string{"validate", "envSeparator", "envKeyValSeparator"}

// differences are what two fields of one variable do not agree on: this one's, then the other's.
func (v *variable) differences(other *variable) []string {
	var all []string
	if v.typ != other.typ {
		all = append(all, fmt.Sprintf("the types %v and %v", v.typ, other.typ))
	}
	if !slices.Equal(v.options, other.options) {
		all = append(all, fmt.Sprintf("the options %q and %q", strings.Join(v.options, ","), strings.Join(other.options, ",")))
	}
	if v.preset != other.preset {
		all = append(all, fmt.Sprintf("envDefault:%q and envDefault:%q", v.shownPreset(), other.shownPreset()))
	}
	for _, tag := range readTogether {
		if a, b := v.tag.Get(tag), other.tag.Get(tag); a != b {
			all = append(all, fmt.Sprintf("%s:%q and %s:%q", tag, a, tag, b))
		}
	}
	return all
}

// eachOnce leaves out what was said of a variable already.
func eachOnce(problems []Problem) []Problem {
	seen := map[[2]string]bool{}
	return slices.DeleteFunc(problems, func(p Problem) bool {
		key := [2]string{p.Name, p.Message}
		defer func() { seen[key] = true }()
		return seen[key]
	})
}

// remembering asks a source for each variable once.
type remembering struct {
	source Source
	known  map[string]remembered
}

type remembered struct {
	value string
	found bool
}

// Lookup implements Source.
func (r remembering) Lookup(ctx context.Context, name string) (string, bool, error) {
	if before, ok := r.known[name]; ok {
		return before.value, before.found, nil
	}
	value, found, err := r.source.Lookup(ctx, name)
	if err == nil {
		r.known[name] = remembered{value, found}
	}
	return value, found, err
}
