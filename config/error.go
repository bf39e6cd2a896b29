package config

import (
	"fmt"
	"strings"
)

// Problem is one variable that is missing or wrong, or one field that is declared wrongly.
type Problem struct {
	Name    string // the variable: "STORE_URL"; the Go path of a field that is declared wrongly
	Field   string // the Go path: "Config.Store.URL"
	Type    string // what it is read as: "duration"
	Message string // what was wrong and what to do; never a value

	declared bool // it is of the type, whatever the variables are
}

// remedy says where variables are set.
const remedy = `Set them in the environment, or in .env on your machine; the command "config" lists all.`

// Error is everything that is wrong with a config, in the order of the fields.
type Error struct {
	Problems []Problem // at least one
}

// declared reports whether the problems are of the type. Such are reported by themselves.
func (e *Error) declared() bool {
	for _, p := range e.Problems {
		if !p.declared {
			return false
		}
	}
	return true
}

// Error lists the variables, one a line, and says where they are set.
func (e *Error) Error() string {
	if e == nil {
		return "a nil *config.Error"
	}
	noun, where := "problems", "the config"
	if len(e.Problems) == 1 {
		noun = "problem"
	}
	if e.declared() {
		where = "the declaration of the config"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s in %s:\n", len(e.Problems), noun, where)
	var name, kind int // the columns' widths
	for _, p := range e.Problems {
		name, kind = max(name, len(p.Name)), max(kind, len(p.Type))
	}
	for _, p := range e.Problems {
		fmt.Fprintf(&b, "  %-*s  %-*s  %s\n", name, p.Name, kind, p.Type, p.Message)
	}
	if !e.declared() {
		b.WriteString(remedy)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
