package funcname

import (
	"fmt"
	"strings"
)

// All is the selector of every function.
const All = "*"

// WholeGroup returns the selector of all functions of a group: "orders.*".
func WholeGroup(group string) string { return group + ".*" }

// Fields splits a list at commas and white space, so that one setting can hold several
// selectors.
func Fields(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\r' || r == '\n' })
}

// OfHandler returns the selectors in Lambda's Handler setting. The setting is required
// for zips and ignored by the runtime, so that most have a filler there ("bootstrap",
// "main"): a setting without a dot or a star selects everything.
func OfHandler(setting string) string {
	if !strings.ContainsAny(setting, ".*") {
		return All
	}
	return setting
}

// Selects reports whether the selector is for the function.
func Selects(selector, function string) bool {
	if selector == All || selector == function {
		return true
	}
	group, whole := strings.CutSuffix(selector, "*")
	return whole && strings.HasSuffix(group, ".") && strings.HasPrefix(function, group)
}

// CheckSelector says what is wrong with a text that is no selector.
func CheckSelector(text string) error {
	group, whole := strings.CutSuffix(text, ".*")
	switch {
	case text == All, whole && IsGroup(group), IsFunction(text):
		return nil
	case IsGroup(text):
		return fmt.Errorf("%q is none of orders.get, orders.* and *; for the whole group write %s", text, WholeGroup(text))
	}
	return fmt.Errorf("%q is none of orders.get, orders.* and *", text)
}
