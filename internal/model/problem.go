package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/validation"
)

// Problem is one thing that is wrong with a declaration.
type Problem = validation.Problem

// problems collects what is wrong with a type.
type problems struct {
	of     reflect.Type
	output bool
	list   []Problem
}

// add adds a problem of a field, "" for the type as a whole. One is told once: the body and the
// direct form share their fields.
func (p *problems) add(field, format string, args ...any) {
	problem := Problem{Field: FieldPath(p.of, field), Message: fmt.Sprintf(format, args...)}
	if strings.HasPrefix(field, "[") && !p.output { // of an In that is a list
		problem.Field = FieldPath(p.of, "") + field
	}
	if !slices.Contains(p.list, problem) {
		p.list = append(p.list, problem)
	}
}

// FieldPath is the Go path of a field as problems and errors have it: "GetOutput.ETag".
func FieldPath(t reflect.Type, field string) string {
	name := t.Name()
	if name == "" {
		name = t.String()
	}
	if field == "" {
		return name
	}
	return name + "." + field
}
