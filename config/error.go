package config

import (
	"fmt"
	"strings"
)

// Problem is one variable that is missing or wrong.
type Problem struct {
	Name    string // the variable: "STORE_URL"
	Field   string // the Go path: "Config.Store.URL"
	Type    string // what it is read as: "duration"
	Message string // what was wrong and what to do; never a value
}

// Error is everything that is wrong with a config, in the order of the fields.
type Error struct {
	Problems []Problem // at least one
}

// Error lists the variables, one a line.
func (e *Error) Error() string {
	noun := "problems"
	if len(e.Problems) == 1 {
		noun = "problem"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s in the config:\n", len(e.Problems), noun)
	var name, kind int // the columns' widths
	for _, p := range e.Problems {
		name, kind = max(name, len(p.Name)), max(kind, len(p.Type))
	}
	for _, p := range e.Problems {
		fmt.Fprintf(&b, "  %-*s  %-*s  %s\n", name, p.Name, kind, p.Type, p.Message)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
