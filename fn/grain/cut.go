package grain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/funcname"
	"github.com/anygrain/anygrain/internal/suggest"
	"github.com/anygrain/anygrain/internal/together"
)

// Error is everything that is wrong with a partition of an app.
type Error struct {
	Problems []string // each a line: what was seen, what is expected, what to do
}

// Error lists the problems, one a line.
func (e *Error) Error() string {
	if e == nil {
		return "a nil *grain.Error"
	}
	if len(e.Problems) == 1 {
		return e.Problems[0]
	}
	return fmt.Sprintf("%d problems with the partition:\n  %s", len(e.Problems), strings.Join(e.Problems, "\n  "))
}

// maxHandler is the length of Lambda's Handler setting (AWS Lambda API
// reference, CreateFunction).
const maxHandler = 128

// Cut returns the app's units, in the partition's order. The error is an *Error:
// every function has to be in exactly one unit, every selector has to match, and
// every call that fn.Needs declares has to have its function in the app.
func Cut(d *fn.Description, p Partition) ([]Unit, error) {
	c := cutter{description: d, partition: p}
	c.checkFunctions()
	c.checkParts()
	c.checkEdges()
	units := make([]Unit, len(p))
	for i, part := range p {
		units[i] = newUnit(d, part, c.functionsOf(part))
		for _, p := range together.Problems(units[i].Functions) {
			c.problem("%s: %s", part.where(), p)
		}
		if n := len(units[i].Handler); n > maxHandler {
			c.problem("%s: its functions need a Handler setting of %d characters (%s…), and Lambda takes %d; take whole groups, or more units with less in each",
				part.where(), n, units[i].Handler[:min(n, 40)], maxHandler)
		}
	}
	if len(c.problems) > 0 {
		return nil, &Error{c.problems}
	}
	return units, nil
}

type cutter struct {
	description *fn.Description
	partition   Partition
	problems    []string
}

func (c *cutter) problem(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// where names a part for a message.
func (p Part) where() string {
	if p.Line > 0 {
		return fmt.Sprintf("line %d, unit %q", p.Line, p.Name)
	}
	return fmt.Sprintf("unit %q", p.Name)
}

func (c *cutter) functionsOf(p Part) []fn.Function {
	var functions []fn.Function
	for _, f := range c.description.Functions {
		if p.matches(f.Name()) {
			functions = append(functions, f)
		}
	}
	return functions
}

// checkFunctions finds functions in no unit and in several.
func (c *cutter) checkFunctions() {
	for _, f := range c.description.Functions {
		var in []string
		for _, p := range c.partition {
			if p.matches(f.Name()) {
				in = append(in, p.where())
			}
		}
		switch {
		case len(in) == 0:
			c.problem("%s (%s) is in no unit; add it, or %s.*, to one", f.Name(), f.Place(), f.Group())
		case len(in) > 1:
			c.problem("%s (%s) is in %s; leave it in one of them (a selector such as %s.* can be replaced by the functions that are meant)",
				f.Name(), f.Place(), strings.Join(in, " and in "), f.Group())
		}
	}
}

// checkParts finds selectors without functions, and names that cannot be.
func (c *cutter) checkParts() {
	seen := map[string]string{}
	for _, p := range c.partition {
		if !unitName.MatchString(p.Name) {
			c.problem("%s: the name has to be at most 64 letters, digits, hyphens and underscores, a letter first", p.where())
		}
		if other, ok := seen[strings.ToLower(p.Name)]; ok {
			c.problem("%s: another unit has the name %q already, and not every file system tells capitals apart; choose another name", p.where(), other)
		}
		seen[strings.ToLower(p.Name)] = p.Name
		for _, s := range p.Selectors {
			if !c.matchesAny(s) {
				c.problem("%s: %q matches no function of the app%s", p.where(), s, suggest.Name(s, c.names()))
			}
		}
	}
}

func (c *cutter) matchesAny(selector string) bool {
	for _, f := range c.description.Functions {
		if funcname.Selects(selector, f.Name()) {
			return true
		}
	}
	return false
}

// names lists what a selector can be.
func (c *cutter) names() []string {
	var names []string
	for _, g := range groupsOf(c.description.Functions) {
		names = append(names, funcname.WholeGroup(g))
	}
	for _, f := range c.description.Functions {
		names = append(names, f.Name())
	}
	return names
}

// checkEdges finds calls of functions that the app does not have.
func (c *cutter) checkEdges() {
	for _, e := range Edges(c.description, nil) {
		if e.Missing {
			c.problem("%s (%s) needs %s, which the app does not have%s", e.From, c.placeOf(e.From), e.To, c.whatToDo(e))
		}
	}
}

func (c *cutter) placeOf(function string) string {
	for _, f := range c.description.Functions {
		if f.Name() == function {
			return f.Place()
		}
	}
	return ""
}

// whatToDo says how the function of a missing edge comes to be there.
func (c *cutter) whatToDo(e Edge) string {
	var others []string
	for _, f := range c.description.Functions {
		if f.Name() != e.From { // that was not what was meant
			others = append(others, f.Name())
		}
	}
	group := funcname.GroupOf(e.To)
	do := fmt.Sprintf("register the group %q, or take it out of fn.Needs", group)
	if slices.Contains(groupsOf(c.description.Functions), group) {
		do = fmt.Sprintf("the group %q is there, without that function: give the contract its handler with With and return it from the group's constructor, or take it out of fn.Needs", group)
	}
	if meant, ok := strings.CutPrefix(suggest.Name(e.To, others), ", "); ok {
		return "; " + meant + " Otherwise " + do
	}
	return "; " + do
}
