package binding

import (
	"context"
	"reflect"
)

// Validator checks the rules of validate tags. Rules returns the default one,
// go-playground/validator; an app can bring another.
type Validator interface {
	// Check reports the rules in the tags of a type, nested types included,
	// that the validator does not know or cannot apply.
	Check(t reflect.Type) []Problem
	// Struct validates v, a pointer to a struct, and returns what broke a rule, in the
	// order of the fields, nil when nothing did.
	Struct(ctx context.Context, v any) []Failure
}

// Failure is one broken rule in the terms of the Go value.
type Failure struct {
	Path    string // Go path of the field without the type's name: "Items[3].Quantity", "Meta[k].Name"
	Rule    string // the rule: "min"
	Param   string // its parameter: "1"
	Message string // a sentence without the value: "must be at least 1"
}

// RuleFunc is a custom rule: it reports whether the field is valid. The
// parameter is what stands behind the equals sign in the tag.
type RuleFunc func(ctx context.Context, field reflect.Value, param string) bool

// Rule is a custom rule under its name in validate tags.
type Rule struct {
	Name    string   // as in validate:"sku"
	Valid   RuleFunc // whether a value is valid
	Message string   // what is expected, in the tone of "must be a known SKU"
}
