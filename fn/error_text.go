package fn

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// validText replaces what is not UTF-8, which no JSON can carry.
func validText(text string) string { return strings.ToValidUTF8(text, string(utf8.RuneError)) }

// validViolations is validText of all texts.
func validViolations(violations []Violation) []Violation {
	odd := func(v Violation) bool {
		return !utf8.ValidString(v.Location) || !utf8.ValidString(v.Rule) || !utf8.ValidString(v.Message)
	}
	if !slices.ContainsFunc(violations, odd) {
		return violations
	}
	valid := slices.Clone(violations)
	for i := range valid {
		v := &valid[i]
		v.Location, v.Rule, v.Message = validText(v.Location), validText(v.Rule), validText(v.Message)
	}
	return valid
}

// findError is errors.AsType of errors whose own methods may panic: it then finds nothing.
func findError[E error](err error) (found E, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return errors.AsType[E](err)
}
