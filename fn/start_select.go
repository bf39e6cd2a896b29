package fn

import (
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/internal/funcname"
)

// SelectError is a selector that matches nothing.
type SelectError struct {
	Selector string
	Known    []string // the functions of the groups that were constructed, and "group.*" for the others
}

// Error names the selector and what there is.
func (e *SelectError) Error() string {
	if e == nil {
		return "a nil *fn.SelectError"
	}
	return fmt.Sprintf("nothing matches the selector %q; this binary has: %s",
		e.Selector, strings.Join(e.Known, ", "))
}

// selection is a parsed list of selectors: "*", "orders.*", "orders.get".
// Without any it selects everything.
type selection []string

func (s selection) group(name string) bool {
	if len(s) == 0 {
		return true
	}
	for _, selector := range s {
		if selector == funcname.All || funcname.GroupOf(selector) == name {
			return true
		}
	}
	return false
}

func (s selection) function(name string) bool {
	if len(s) == 0 {
		return true
	}
	for _, selector := range s {
		if funcname.Selects(selector, name) {
			return true
		}
	}
	return false
}

// check returns an error for the first selector that matches none of the functions.
func (s selection) check(functions []Function, groups []string) error {
	for _, selector := range s {
		if !anySelected(selector, functions) {
			return &SelectError{Selector: selector, Known: known(functions, groups)}
		}
	}
	return nil
}

func anySelected(selector string, functions []Function) bool {
	for _, f := range functions {
		if funcname.Selects(selector, f.Name()) {
			return true
		}
	}
	return selector == funcname.All
}

// known lists the functions that were constructed, and the other groups as a whole.
func known(functions []Function, groups []string) []string {
	var names []string
	seen := map[string]bool{}
	for _, f := range functions {
		names = append(names, f.Name())
		seen[f.Group()] = true
	}
	for _, g := range groups {
		if !seen[g] {
			names = append(names, funcname.WholeGroup(g))
			seen[g] = true
		}
	}
	return names
}
