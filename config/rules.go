package config

import (
	"context"
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/internal/rules"
	"github.com/anygrain/anygrain/validation"
)

// checkRules holds the rules against the types of their fields, and the defaults
// against the rules. It sees to it that there is a validator when there are rules.
func (s *settings) checkRules(ctx context.Context, p *plan) ([]Problem, error) {
	if s.validator == nil {
		if !p.ruled {
			return nil, nil
		}
		set, err := rules.New()
		if err != nil {
			return nil, err
		}
		s.validator = set
	}
	var problems []Problem
	for _, found := range s.validator.Check(p.typ) {
		problems = append(problems, misdeclared(p.named(found.Field), "", p.named(found.Message)))
	}
	if len(problems) > 0 || !p.judgesDefaults() {
		return problems, nil
	}
	return p.judgeDefaults(s.validator.Struct(ctx, p.defaults.Interface())), nil
}

// named names a type without a name as the other problems do, in what the validator says.
func (p *plan) named(text string) string {
	if p.typ.Name() != "" {
		return text
	}
	return strings.ReplaceAll(text, p.typ.String(), p.root)
}

// judgesDefaults reports whether there is a default with rules. A default of a config that
// unsets variables may stand for what is gone.
func (p *plan) judgesDefaults() bool {
	judges := false
	for i := range p.variables {
		v := &p.variables[i]
		if v.has("unset") {
			return false
		}
		judges = judges || v.preset != "" && v.rules() != ""
	}
	return judges
}

// judgeDefaults makes problems of what is broken by settled defaults, by those of their rules
// that hold everywhere. The other rules, and the other defaults, are judged when they are
// needed.
func (p *plan) judgeDefaults(broken []validation.Failure) (problems []Problem) {
	for _, f := range broken {
		if v := p.variableAt(f.Path); v != nil && v.isSettled() && rules.HoldEverywhere(v.typ, f.Rule) {
			problems = append(problems, misdeclared(p.root+"."+v.field, typeName(v.typ),
				fmt.Sprintf("has envDefault:%q, which breaks its own rules: it %s", v.shownPreset(), f.Message)))
		}
	}
	return problems
}

// variableAt returns the variable of a Go path, nil when it is of none.
func (p *plan) variableAt(path string) *variable {
	field, _, _ := strings.Cut(path, "[")
	if p.byField == nil {
		p.byField = make(map[string]int, len(p.variables))
		for i := range p.variables {
			p.byField[p.variables[i].field] = i
		}
	}
	if i, ok := p.byField[field]; ok {
		return &p.variables[i]
	}
	return nil
}

// validate adds to the problems what breaks a rule of what could be read.
func (l *loader) validate(ctx context.Context) {
	if l.validator == nil || l.part.Given { // there are no rules, or nothing was read
		return
	}
	unread := map[string]bool{}
	for _, p := range l.problems {
		unread[p.Name] = true
	}
	for _, f := range l.validator.Struct(ctx, l.config.Addr().Interface()) {
		v := l.plan.variableAt(f.Path)
		if v == nil {
			l.problems = append(l.problems, Problem{Name: f.Path, Field: l.plan.root + "." + f.Path, Message: f.Message})
		} else if !unread[v.name] {
			l.broken(v, f)
		}
	}
}

// broken notes a broken rule. Of what is not set, and an empty value is not, only the rules
// are broken that want it to be there.
func (l *loader) broken(v *variable, f validation.Failure) {
	switch {
	case l.values[v.name] != "" || v.preset != "":
		l.problem(v, f.Message)
	case strings.HasPrefix(f.Rule, "required"):
		l.problem(v, "is missing")
	}
}
