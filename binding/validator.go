package binding

import (
	"github.com/anygrain/anygrain/internal/rules"
	"github.com/anygrain/anygrain/validation"
)

// Inputs and configs are judged in the same words, so those stand in a package below both.
type (
	// Validator checks the rules of validate tags. Rules returns the default one,
	// go-playground/validator; an app can bring another.
	Validator = validation.Validator
	// Failure is one broken rule in the terms of the Go value.
	Failure = validation.Failure
	// Problem is one thing that is wrong with a declaration (an In or an Out),
	// found when its codec is compiled.
	Problem = validation.Problem
	// Rule is a custom rule under its name in validate tags.
	Rule = validation.Rule
	// RuleFunc is a custom rule: it reports whether the field is valid.
	RuleFunc = validation.RuleFunc
)

// Rules returns go-playground/validator/v10 with the custom rules added. Rules
// are its own alone: nothing is registered globally. The error names every
// custom rule that cannot be added.
func Rules(custom ...Rule) (Validator, error) {
	set, err := rules.New(custom...)
	if err != nil {
		return nil, err
	}
	return set, nil
}
