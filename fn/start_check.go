package fn

import (
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/internal/pattern"
)

// check collects what is wrong with the declarations. A build that was checked leaves out what is so
// whatever the config says, and keeps what was noted while functions were made: a constructor may
// put the config into an option.
func (a *app) check(functions []Function, s *startSettings, describing bool) []Problem {
	problems := a.problems[:len(a.problems):len(a.problems)]
	if checked() && !describing {
		for _, f := range functions {
			problems = append(problems, f.d.problems...)
		}
	} else {
		for _, f := range functions {
			problems = append(problems, f.d.deferredProblems()...)
		}
		problems = append(problems, checkTogether(functions)...)
		problems = append(problems, a.checkNeeds(functions)...)
	}
	problems = append(problems, a.checkReplaced(s)...)
	return append(problems, a.checkEmpty()...)
}

// checkTogether collects the functions' own problems and finds those that
// only show between functions: names and routes that are claimed twice, triggers that exclude each other.
func checkTogether(functions []Function) []Problem {
	var problems []Problem
	first := make(map[string]Function, len(functions))
	for _, f := range functions {
		problems = append(problems, f.d.problems...)
		if earlier, taken := first[f.d.name]; taken {
			problems = append(problems, Problem{Function: f.d.name, Place: f.d.at(), Message: nameTaken(earlier)})
			continue
		}
		first[f.d.name] = f
	}
	problems = append(problems, routeConflicts(functions)...)
	return append(problems, triggerConflicts(functions)...)
}

func nameTaken(by Function) string {
	return "the name is taken by the function at " + by.d.at() + "; names are unique in an app"
}

// claimedBy returns the function with the problem that another one has its name.
func (f Function) claimedBy(other Function) Function {
	d := f.d.clone()
	d.problems = append(d.problems, Problem{Function: d.name, Place: other.d.at(), Message: nameTaken(f)})
	return Function{d}
}

type claimedRoute struct {
	function Function
	route    HTTPRoute
}

// routeConflicts finds pairs of routes that claim the same requests, by the
// rules of net/http.ServeMux.
func routeConflicts(functions []Function) []Problem {
	var problems []Problem
	var claimed []claimedRoute
	var index pattern.Index
	for _, f := range functions {
		for _, r := range f.d.routes {
			for _, i := range index.Meeting(r.pattern()) {
				problems = appendConflict(problems, claimedRoute{f, r}, claimed[i])
			}
			index.Add(r.pattern())
			claimed = append(claimed, claimedRoute{f, r})
		}
	}
	return problems
}

func appendConflict(problems []Problem, a, b claimedRoute) []Problem {
	witness, conflict := a.route.pattern().Conflicts(b.route.pattern())
	if !conflict {
		return problems
	}
	return append(problems, Problem{Function: a.function.d.name, Place: a.function.d.at(), Message: fmt.Sprintf(
		"route %q claims the same requests as route %q of %s (%s): both match %q and neither is more specific; change one of them",
		a.route.Pattern, b.route.Pattern, b.function.d.name, b.function.d.at(), witness)})
}

// checkNeeds holds the contracts that are needed against the functions that
// there are: what is wrong with a contract, and a contract that another
// declaration of the same function does not agree with.
func (a *app) checkNeeds(functions []Function) []Problem {
	byName := map[string]*declaration{}
	for _, f := range functions {
		byName[f.d.name] = f.d
	}
	var problems []Problem
	check := func(user string, at *place, needs []Need) {
		for _, n := range needs {
			d := contractOf(n)
			if d == nil {
				continue
			}
			problems = append(problems, d.problems...)
			if callee := byName[d.name]; callee != nil && (callee.inType != d.inType || callee.outType != d.outType) {
				problems = append(problems, Problem{Function: user, Place: at.String(), Message: fmt.Sprintf(
					"it needs %s as func(%v) (%v, error), declared at %s, but the function is func(%v) (%v, error), declared at %s; import one contract on both sides",
					d.name, d.inType, d.outType, d.at(), callee.inType, callee.outType, callee.at())})
			}
		}
	}
	check("", a.place, a.settings.needs)
	for _, f := range functions {
		check(f.d.name, f.d.place, f.d.needs)
	}
	return problems
}

// checkRules holds all rules against the validator.
func checkRules(functions []Function, v binding.Validator) []Problem {
	var problems []Problem
	for _, f := range functions {
		problems = append(problems, f.d.ruleProblems(v)...)
	}
	return problems
}

// checkReplaced notes replacements of groups that do not exist.
func (a *app) checkReplaced(s *startSettings) []Problem {
	var problems []Problem
	for name := range s.replaced {
		if !slices.ContainsFunc(a.groups, func(g *group) bool { return g.name == name }) {
			problems = append(problems, Problem{Place: a.place.String(), Message: fmt.Sprintf(
				"ReplaceGroup(%q): the app has no such group; it has %s", name, quoteAll(a.groupNames()))})
		}
	}
	return problems
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

func (a *app) problem(at *place, format string, args ...any) {
	a.problems = append(a.problems, Problem{Place: at.String(), Message: fmt.Sprintf(format, args...)})
}
