package grain

import (
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// Unit is one deployable: a Lambda function of its own.
type Unit struct {
	Name      string        // as in the partition
	Functions []fn.Function // in the order of declaration
	Groups    []string      // that have to be linked in, sorted
	Tags      []string      // of its build: lambda, lambda.norpc, and only with the groups unless it has all of them
	Handler   string        // Lambda's Handler setting, which chooses the functions
}

// everything is the Handler of a unit with all functions: the name that the
// runtime wants for its executable, and no selector.
const everything = "bootstrap"

// newUnit derives how a unit is built and started.
func newUnit(d *fn.Description, part Part, functions []fn.Function) Unit {
	u := Unit{Name: part.Name, Functions: functions, Tags: []string{"lambda", "lambda.norpc"}, Handler: everything}
	for _, f := range functions {
		if !slices.Contains(u.Groups, f.Group()) {
			u.Groups = append(u.Groups, f.Group())
		}
	}
	slices.Sort(u.Groups)
	if len(u.Groups) < len(groupsOf(d.Functions)) {
		u.Tags = append(append(u.Tags, "only"), u.Groups...)
	}
	if len(functions) < len(d.Functions) {
		u.Handler = strings.Join(part.Selectors, ",")
	}
	return u
}

// Has reports whether the function of that name is in the unit.
func (u Unit) Has(function string) bool {
	return slices.ContainsFunc(u.Functions, func(f fn.Function) bool { return f.Name() == function })
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
