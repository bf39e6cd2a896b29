package fn

import "strings"

// A unit checks the names of all its functions when it starts, so that these are
// no regular expressions: to compile one costs more than to check a hundred names.

// isFunctionName reports whether the name is "group.function": the function's own
// is letters, digits, underscores and hyphens, starting with a letter.
func isFunctionName(name string) bool {
	group, own, ok := strings.Cut(name, ".")
	return ok && isGroupName(group) && own != "" && isLetter(own[0]) && !strings.ContainsFunc(own, func(c rune) bool {
		return !(c < 0x80 && (isLetter(byte(c)) || isDigit(byte(c)) || c == '_' || c == '-'))
	})
}

// isGroupName reports whether the name is lower-case letters, digits and
// underscores, starting with a letter.
func isGroupName(name string) bool {
	if name == "" || isDigit(name[0]) || name[0] == '_' {
		return false
	}
	return !strings.ContainsFunc(name, func(c rune) bool { return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') })
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
