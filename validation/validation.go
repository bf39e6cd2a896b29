// Package validation has the words in which a validator of structs is spoken to: what it is
// asked, what it answers, and what rules an app adds to it. The inputs of functions (package
// binding) and the config (package config) are judged by the same one.
//
//	package main
//
//	import (
//		"context"
//		"fmt"
//		"reflect"
//		"strings"
//
//		"github.com/anygrain/anygrain/binding"
//		"github.com/anygrain/anygrain/validation"
//	)
//
//	type Line struct {
//		SKU      string `validate:"sku"`
//		Quantity int    `validate:"min=1"`
//	}
//
//	func isSKU(_ context.Context, field reflect.Value, _ string) bool {
//		return strings.HasPrefix(field.String(), "SKU-")
//	}
//
//	func main() {
//		rules, err := binding.Rules(validation.Rule{Name: "sku", Valid: isSKU, Message: "must be a known SKU"})
//		if err != nil {
//			fmt.Println(err)
//			return
//		}
//		for _, f := range rules.Struct(context.Background(), &Line{SKU: "tea"}) {
//			fmt.Println(f.Path, f.Message)
//		}
//	}
//
// The rules are those of go-playground/validator, in validate tags; binding.Rules returns the
// Validator that is used when an app brings none. An app gives its own to fn.ValidateWith.
package validation

import (
	"context"
	"reflect"
)

// Validator checks the rules of validate tags. binding.Rules returns the default one,
// go-playground/validator; an app can bring another.
type Validator interface {
	// Check reports the rules in the tags of a type, nested types included,
	// that the validator does not know or cannot apply.
	Check(t reflect.Type) []Problem
	// Struct validates v, a pointer to a struct, and returns what broke a rule, in the
	// order of the fields, nil when nothing did.
	Struct(ctx context.Context, v any) []Failure
}

// Failure is one broken rule in the terms of the Go value. Who asked turns it into the terms
// of a client, or of variables.
type Failure struct {
	Path    string // Go path of the field without the type's name: "Items[3].Quantity", "Meta[k].Name"
	Rule    string // the rule: "min"
	Param   string // its parameter: "1"
	Message string // a sentence without the value: "must be at least 1"
}

// Problem is one thing that is wrong with a declared type: a tag, a rule, or a form of its
// own that cannot be used.
type Problem struct {
	Field   string // Go path of the field: "GetInput.Limit"; the type's name when it is about the whole
	Message string // what was seen, what is expected, what to do
}

// Error returns field and message.
func (p Problem) Error() string { return p.Field + ": " + p.Message }

// RuleFunc is a custom rule: it reports whether the field is valid. The
// parameter is what stands behind the equals sign in the tag.
type RuleFunc func(ctx context.Context, field reflect.Value, param string) bool

// Rule is a custom rule under its name in validate tags.
type Rule struct {
	Name    string   // as in validate:"sku"
	Valid   RuleFunc // whether a value is valid
	Message string   // what is expected, in the tone of "must be a known SKU"
}
