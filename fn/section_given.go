package fn

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/config"
)

// give puts the values of WithConfig into the parts, by their types.
func (a *app) give(parts []part, s *startSettings, describing bool) error {
	if len(s.configs) == 0 {
		return nil
	}
	var problems []error
	seen := map[reflect.Type]bool{}
	for _, value := range s.configs {
		t := reflect.TypeOf(value)
		switch {
		case t == nil:
			problems = append(problems, errors.New("WithConfig: a value is nil; pass a config or a section"))
		case seen[t]:
			problems = append(problems, fmt.Errorf("WithConfig: two values are of the type %v; pass one of each", t))
		case !a.hasConfig(t):
			problems = append(problems, fmt.Errorf("WithConfig: a value is of the type %v, which is no config of app %q; it has %s", t, a.name, a.configTypes()))
		}
		seen[t] = true
		for i := range parts {
			if parts[i].typ == t {
				reflect.ValueOf(parts[i].Into).Elem().Set(reflect.ValueOf(value))
				parts[i].Given = true
			}
		}
	}
	if len(s.sources) == 0 && !describing {
		problems = append(problems, notGiven(parts)...)
	}
	return errors.Join(problems...)
}

// notGiven are the configs that would come from the environment although others are given: a test
// would depend on the machine.
func notGiven(parts []part) (problems []error) {
	for _, p := range parts {
		if p.Given || p.isEmpty() {
			continue
		}
		problems = append(problems, fmt.Errorf("WithConfig: %v%s is not among the values, and a start with WithConfig reads no environment; "+
			"pass it too, or say with WithSources where it is read from", p.typ, ofGroup(p.Part)))
	}
	return problems
}

func ofGroup(p config.Part) string {
	if p.Group == "" {
		return ", the app's config,"
	}
	return fmt.Sprintf(", the section of group %q (%s),", p.Group, p.Place)
}

// hasConfig reports whether the app or a group has a config of the type.
func (a *app) hasConfig(t reflect.Type) bool {
	if a.config.typ == t {
		return true
	}
	for _, g := range a.groups {
		if g.section != nil && g.section.typ == t {
			return true
		}
	}
	return false
}

// configTypes lists the types of the app's configs, for messages.
func (a *app) configTypes() string {
	list := []string{a.config.typ.String()}
	for _, g := range a.groups {
		if g.section != nil {
			list = append(list, fmt.Sprintf("%v (of group %q)", g.section.typ, g.name))
		}
	}
	return strings.Join(list, ", ")
}
