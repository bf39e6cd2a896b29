package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/anygrain/anygrain/internal/gotype"
)

// Variable is one value that a config reads.
type Variable struct {
	Name     string `json:"name"`               // "STORE_URL"
	Field    string `json:"field"`              // the Go path without the type: "Store.URL"
	Type     string `json:"type"`               // "text", "integer", "duration", "bytes", "list of text", "secret" …
	Default  string `json:"default,omitempty"`  // the envDefault tag; "[secret]" for a secret
	Required bool   `json:"required,omitempty"` // by the rules or the env tag
	Secret   bool   `json:"secret,omitempty"`   // whether the value must not be printed
	Rules    string `json:"rules,omitempty"`    // the validate tag
	Doc      string `json:"doc,omitempty"`      // the doc tag
	Group    string `json:"group,omitempty"`    // the group whose section reads it; "" for the config of an app

	read       *variable // how it is read, for Samples
	hasDefault bool      // that is not empty: what is empty is not set
}

// Describe lists the variables that a config of type T reads, in the order of
// its fields. The error is an *Error that lists what is wrong with the tags.
func Describe[T any]() ([]Variable, error) {
	p := planOf(reflect.TypeFor[T]())
	if len(p.problems) > 0 {
		return nil, &Error{p.problems}
	}
	var variables []Variable
	for i := range p.variables {
		variables = append(variables, p.variables[i].describe())
	}
	return variables, nil
}

// Table prints the variables in columns: the name, the type, the default or
// "required", the rules and the doc, and if groups read some of them, which.
func Table(variables []Variable) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	grouped := slices.ContainsFunc(variables, func(v Variable) bool { return v.Group != "" })
	line := func(group string, columns ...string) {
		if grouped {
			columns = slices.Insert(columns, 1, group)
		}
		_, _ = fmt.Fprintln(w, strings.Join(columns, "\t"))
	}
	line("GROUP", "VARIABLE", "TYPE", "DEFAULT", "RULES", "DOC")
	for _, v := range variables {
		line(v.Group, v.Name, v.Type, v.shownDefault(), v.Rules, v.Doc)
	}
	_ = w.Flush()
	return b.String()
}

func (v Variable) shownDefault() string {
	if v.Required && !v.hasDefault {
		return "(required)"
	}
	return v.Default
}

// holds reports whether a type is the part, points to it, or has elements of it.
func holds(t, part reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return holds(t.Elem(), part)
	case reflect.Map:
		return holds(t.Key(), part) || holds(t.Elem(), part)
	}
	return t == part
}

// typeName is the word for what a value is read as.
func typeName(t reflect.Type) string {
	switch {
	case t == secretType:
		return "secret"
	case kindOf(t) != "":
		return kindOf(t)
	case gotype.IsDuration(t):
		return "duration"
	case gotype.IsTime(t):
		return "time"
	case gotype.IsNumber(t):
		return "number"
	case isBytes(t) && t.Kind() == reflect.Array:
		return fmt.Sprintf("%d bytes", t.Len())
	case isBytes(t):
		return "bytes"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return typeName(t.Elem())
	case reflect.Slice:
		return "list of " + typeName(t.Elem())
	case reflect.Map:
		return "map of " + typeName(t.Key()) + " to " + typeName(t.Elem())
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return "integer"
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "positive integer"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.String:
		return "text"
	}
	return t.String()
}
