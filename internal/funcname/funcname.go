// Package funcname has the grammar of the names of functions and of the selectors that
// choose some: "orders.get", "orders.*", "*". The same words stand in code, in the
// command line, in Lambda's Handler setting, in partitions and in the setting by which
// units find each other, so that one package says what they mean.
package funcname

import "strings"

// A unit checks the names of all its functions when it starts, so that these are
// no regular expressions: to compile one costs more than to check a hundred names.

// IsFunction reports whether the name is "group.function": the function's own
// is letters, digits, underscores and hyphens, starting with a letter.
func IsFunction(name string) bool {
	group, own, ok := strings.Cut(name, ".")
	return ok && IsGroup(group) && own != "" && isLetter(own[0]) && !strings.ContainsFunc(own, func(c rune) bool {
		return !(c < 0x80 && (isLetter(byte(c)) || isDigit(byte(c)) || c == '_' || c == '-'))
	})
}

// IsGroup reports whether the name is lower-case letters, digits and
// underscores, starting with a letter.
func IsGroup(name string) bool {
	if name == "" || isDigit(name[0]) || name[0] == '_' {
		return false
	}
	return !strings.ContainsFunc(name, func(c rune) bool { return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') })
}

// GroupOf returns the group of a function, or of a selector: "orders" of "orders.get".
func GroupOf(name string) string {
	group, _, _ := strings.Cut(name, ".")
	return group
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
