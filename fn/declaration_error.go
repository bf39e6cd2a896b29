package fn

import (
	"fmt"
	"strconv"
	"strings"
)

// Problem is one thing that is wrong with the declaration of an app, and stops its start.
type Problem struct {
	Function string // "orders.get"; "" when it is about a group or the app
	Field    string // "GetInput.Limit"; "" when it is about the function
	Place    string // "orders/orders.go:31": where it is declared
	Message  string // what was seen, what is expected, what to do
}

// String returns the problem as one line.
func (p Problem) String() string {
	var b strings.Builder
	if p.Place != "" {
		b.WriteString(p.Place + ": ")
	}
	if p.Function != "" {
		b.WriteString(p.Function + ": ")
	}
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// DeclarationError is everything that is wrong with the declaration of an app
// or a function, in the order of declaration.
type DeclarationError struct {
	App      string    // the app's name, "" for a single function
	Problems []Problem // in the order of declaration
}

// Error lists the problems, one a line.
func (e *DeclarationError) Error() string {
	if e == nil {
		return "a nil *fn.DeclarationError"
	}
	if e.App == "" && len(e.Problems) == 1 {
		return e.Problems[0].String()
	}
	noun := "problems"
	if len(e.Problems) == 1 {
		noun = "problem"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s in the declaration", len(e.Problems), noun)
	if e.App != "" {
		b.WriteString(" of app " + strconv.Quote(e.App))
	}
	b.WriteString(":")
	for _, p := range e.Problems {
		b.WriteString("\n  " + p.String())
	}
	return b.String()
}

// deduplicated leaves out problems that are there already: of a contract that is used by
// several functions, or is used and implemented.
func deduplicated(problems []Problem) []Problem {
	type key struct{ function, field, message string }
	seen := map[key]bool{}
	var kept []Problem
	for _, p := range problems {
		k := key{p.Function, p.Field, p.Message}
		if p.Function == "" || !seen[k] {
			kept = append(kept, p)
		}
		seen[k] = true
	}
	return kept
}

// quoteAll lists names for a message: `"id" and "rest"`.
func quoteAll(names []string) string {
	switch len(names) {
	case 0:
		return "none"
	case 1:
		return strconv.Quote(names[0])
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = strconv.Quote(n)
	}
	last := len(quoted) - 1
	return strings.Join(quoted[:last], ", ") + " and " + quoted[last]
}
