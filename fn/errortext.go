package fn

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/anygrain/anygrain/binding"
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

// ofConnection are the fields that belong to one connection or one body (RFC 9110
// section 7.6.1): an error of another unit has none to give.
var ofConnection = []string{
	"Connection", "Content-Length", "Keep-Alive", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
}

// mostFields is how many header fields go with an error of another unit.
const mostFields = 64

// passedHeader is the header of an error as a caller gets it, whatever carried it:
// names in their canonical form, and nothing that no header or no JSON can carry.
func passedHeader(header binding.Header) binding.Header {
	var passed binding.Header
	for _, f := range header {
		if len(passed) < mostFields && fieldName(f.Name) && fieldValue(f.Value) {
			passed.Add(f.Name, f.Value)
		}
	}
	return slices.DeleteFunc(passed, func(f binding.HeaderField) bool { return slices.Contains(ofConnection, f.Name) })
}

// fieldName reports whether the name is a token (RFC 9110 section 5.6.2).
func fieldName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"(),/:;<=>?@[\\]{}", r)
	})
}

// fieldValue reports whether the value can be sent, and is text.
func fieldValue(value string) bool {
	return utf8.ValidString(value) && !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}

// find is errors.AsType of errors whose own methods may panic: it then finds nothing.
func find[E error](err error) (found E, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return errors.AsType[E](err)
}
