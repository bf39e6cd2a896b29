package fn

import (
	"errors"
	"runtime/debug"
	"strings"

	"github.com/anygrain/anygrain/binding"
)

// withKnown puts what is wrong whatever the config says in front of the config's
// problems, so that nobody completes a config for a binary that cannot start.
func (a *app) withKnown(config error, s *startSettings) error {
	functions := a.addedFunctions(s.selection)
	problems := a.check(functions, s, false)
	if _, err := binding.Rules(a.settings.rules...); err != nil {
		problems = append(problems, Problem{Place: a.place.String(), Message: err.Error()})
	}
	if len(problems) > 0 {
		return errors.Join(&DeclarationError{App: a.name, Problems: once(problems)}, config)
	}
	for _, selector := range s.selection {
		if !a.canMatch(selector) {
			return errors.Join(&SelectError{Selector: selector, Known: known(a.addedFunctions(nil), a.groupNames())}, config)
		}
	}
	return config
}

// addedFunctions are the functions of the selected groups that no constructor makes.
func (a *app) addedFunctions(s selection) []Function {
	var functions []Function
	for _, g := range a.groups {
		if !s.group(g.name) {
			continue
		}
		for _, f := range g.added {
			functions = append(functions, g.adopt(f))
		}
	}
	return functions
}

// canMatch reports whether the selector may match a function, as far as that is
// known before the constructors run.
func (a *app) canMatch(selector string) bool {
	prefix, _, _ := strings.Cut(selector, ".")
	for _, g := range a.groups {
		if g.name == prefix && (g.added == nil || anySelected(selector, g.added)) {
			return true
		}
	}
	return selector == "*"
}

// checkEmpty notes an app without groups: the tag only links none by itself, and
// a group's tag with a typo in it links none either.
func (a *app) checkEmpty() []Problem {
	if len(a.groups) > 0 || len(a.problems) > 0 {
		return nil
	}
	return []Problem{{Place: a.place.String(), Message: "no group is linked in" + builtWith() + ": register one with Group or Add; " +
		"a build with the tag only needs the tag of a group beside it (-tags only,orders), spelled as in its //go:build line"}}
}

// builtWith names the build tags of this binary, as far as it knows them.
func builtWith() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "-tags" && s.Value != "" {
			return " (this binary was built with -tags " + s.Value + ")"
		}
	}
	return " (this binary was built without tags)"
}
