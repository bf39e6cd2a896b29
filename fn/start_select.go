package fn

import (
	"fmt"
	"strings"
)

// SelectError is a selector that matches nothing.
type SelectError struct {
	Selector string
	Known    []string // the functions of the groups that were constructed, and "group.*" for the others
}

// Error names the selector and what there is.
func (e *SelectError) Error() string {
	return fmt.Sprintf("nothing matches the selector %q; this binary has: %s",
		e.Selector, strings.Join(e.Known, ", "))
}

// selection is a parsed list of selectors: "*", "orders.*", "orders.get".
// Without any it selects everything.
type selection []string

// parseSelection splits at commas and spaces, so that one Handler setting can
// hold several selectors.
func parseSelection(selectors []string) selection {
	var s selection
	for _, text := range selectors {
		s = append(s, strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })...)
	}
	return s
}

func (s selection) group(name string) bool {
	if len(s) == 0 {
		return true
	}
	for _, selector := range s {
		if prefix, _, _ := strings.Cut(selector, "."); selector == "*" || prefix == name {
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
		if selects(selector, name) {
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

func selects(selector, name string) bool {
	if selector == "*" || selector == name {
		return true
	}
	prefix, ok := strings.CutSuffix(selector, "*")
	return ok && strings.HasSuffix(prefix, ".") && strings.HasPrefix(name, prefix)
}

func anySelected(selector string, functions []Function) bool {
	for _, f := range functions {
		if selects(selector, f.Name()) {
			return true
		}
	}
	return selector == "*"
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
			names = append(names, g+".*")
			seen[g] = true
		}
	}
	return names
}
