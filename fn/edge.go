package fn

import (
	"fmt"
)

// usesOf is the set of the functions that the contracts name.
func usesOf(contracts ...[]*declaration) map[string]bool {
	set := map[string]bool{}
	for _, list := range contracts {
		for _, d := range list {
			set[d.name] = true
		}
	}
	return set
}

// usedNames lists the functions that the contracts name, each once.
func usedNames(contracts []*declaration) []string {
	var names []string
	seen := map[string]bool{}
	for _, d := range contracts {
		if !seen[d.name] {
			seen[d.name] = true
			names = append(names, d.name)
		}
	}
	return names
}

// checkUses holds the contracts that are called against the functions that
// there are: what is wrong with a contract, and a contract that another
// declaration of the same function does not agree with.
func (a *app) checkUses(functions []Function) []Problem {
	byName := map[string]*declaration{}
	for _, f := range functions {
		byName[f.d.name] = f.d
	}
	var problems []Problem
	check := func(user string, at *place, uses []*declaration) {
		for _, d := range uses {
			problems = append(problems, d.problems...)
			if callee := byName[d.name]; callee != nil && (callee.inType != d.inType || callee.outType != d.outType) {
				problems = append(problems, Problem{Function: user, Place: at.String(), Message: fmt.Sprintf(
					"it uses %s as func(%v) (%v, error), declared at %s, but the function is func(%v) (%v, error), declared at %s; import one contract on both sides",
					d.name, d.inType, d.outType, d.at(), callee.inType, callee.outType, callee.at())})
			}
		}
	}
	check("", a.place, a.settings.uses)
	for _, f := range functions {
		check(f.d.name, f.d.place, f.d.uses)
	}
	return problems
}

// undeclared decides what becomes of a call that Uses does not declare, and
// reports whether it goes on. A call that does is logged once.
func (u *Unit) undeclared(caller *Request, callee *declaration) bool {
	if u.strict {
		return false
	}
	if _, told := u.told.LoadOrStore([2]string{caller.Function().Name(), callee.name}, true); !told {
		u.logger.Error().Str("function", caller.Function().Name()).Str("callee", callee.name).
			Msg("undeclared call: " + undeclaredText(caller, callee))
	}
	return true
}

func undeclaredText(caller *Request, callee *declaration) string {
	name, place := caller.Function().Name(), caller.entry.unit.app.place
	if name == "" {
		return fmt.Sprintf("the app (%s) does not declare it; add fn.Uses with the contract declared at %s to fn.NewApp", place, callee.at())
	}
	return fmt.Sprintf("%s (%s) does not declare it; add fn.Uses with the contract declared at %s to its options", name, caller.Function().Place(), callee.at())
}
