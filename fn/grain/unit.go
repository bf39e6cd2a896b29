package grain

import (
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/buildtag"
	"github.com/anygrain/anygrain/internal/funcname"
)

// Unit is one deployable: a Lambda function of its own.
type Unit struct {
	Name      string        // as in the partition
	Functions []fn.Function // in the order of declaration
	Groups    []string      // that have to be linked in, sorted
	Tags      []string      // of its build: lambda, lambda.norpc, validator_novalidatefn, quickrules where all rules are simple, and only with the groups unless it has all of them
	Handler   string        // Lambda's Handler setting, which chooses the functions
}

// everything is the Handler that selects all that is linked in: the name that the
// runtime wants for its executable, and no selector.
const everything = "bootstrap"

// newUnit derives how a unit is built and started.
func newUnit(d *fn.Description, part Part, functions []fn.Function) Unit {
	u := Unit{Name: part.Name, Functions: functions, Tags: buildtag.Unit()}
	u.Groups = slices.Sorted(slices.Values(groupsOf(functions)))
	if d.QuickRules(u.linked(d)) {
		u.Tags = append(u.Tags, buildtag.QuickRules)
	}
	if len(u.Groups) < len(groupsOf(d.Functions)) {
		u.Tags = append(append(u.Tags, buildtag.Only), u.Groups...)
	}
	u.Handler = handler(d, part, functions)
	return u
}

// linked returns the functions that are in the unit's binary: all of its groups.
func (u Unit) linked(d *fn.Description) []fn.Function {
	return slices.DeleteFunc(slices.Clone(d.Functions), func(f fn.Function) bool { return !slices.Contains(u.Groups, f.Group()) })
}

// handler returns the shortest selectors for the functions. They name whole
// groups too, although the tags have chosen those already, so that a unit does
// not start with the binary of another. When Lambda cannot take so many, the
// tags have to do.
func handler(d *fn.Description, part Part, functions []fn.Function) string {
	if len(functions) == len(d.Functions) {
		return everything
	}
	var selectors []string
	whole := true
	for _, group := range groupsOf(functions) {
		own := inGroup(functions, group)
		switch {
		case len(own) < len(inGroup(d.Functions, group)):
			whole = false
		case len(own) > 1 || !slices.Contains(part.Selectors, own[0]): // the only one of its group can go by its name
			own = []string{funcname.WholeGroup(group)}
		}
		selectors = append(selectors, own...)
	}
	if text := strings.Join(selectors, ","); !whole || len(text) <= maxHandler {
		return text
	}
	return everything
}

func groupsOf(functions []fn.Function) []string {
	var groups []string
	for _, f := range functions {
		if !slices.Contains(groups, f.Group()) {
			groups = append(groups, f.Group())
		}
	}
	return groups
}

func inGroup(functions []fn.Function, group string) []string {
	var names []string
	for _, f := range functions {
		if f.Group() == group {
			names = append(names, f.Name())
		}
	}
	return names
}
