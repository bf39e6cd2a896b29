package binding

import (
	"strings"

	"github.com/anygrain/anygrain/binding/internal/urlencoded"
)

// EscapeReference returns a URL, or a reference to one, as the field Location
// has it (RFC 9110 section 10.2.2): what RFC 3986 does not have in one is
// percent-encoded, spaces, control characters, quotes, backslashes, what is not ASCII,
// and a percent sign that begins no escape. Escapes stay as they are. So a value of a
// client's cannot end the field's line, nor be one that cannot be sent.
func EscapeReference(reference string) string {
	reference = strings.Trim(reference, " \t")
	n := 0
	for i := range len(reference) {
		if escapes(reference, i) {
			n++
		}
	}
	if n == 0 {
		return reference
	}
	const hex = "0123456789ABCDEF"
	escaped := make([]byte, 0, len(reference)+2*n)
	for i := range len(reference) {
		c := reference[i]
		if escapes(reference, i) {
			escaped = append(escaped, '%', hex[c>>4], hex[c&15])
			continue
		}
		escaped = append(escaped, c)
	}
	return string(escaped)
}

// escapes reports whether the byte at i cannot stand in a reference.
func escapes(reference string, i int) bool {
	switch c := reference[i]; {
	case c < ' ', c >= 0x7f: // also a tab, which a field may have and browsers drop: "/\t/host" would lead to another host
		return true
	case c == '%':
		return !urlencoded.IsEscape(reference[i:])
	default:
		return strings.IndexByte(" \"<>\\^`{|}", c) >= 0
	}
}

// isReference reports whether the field of that canonical name has a reference.
func isReference(name string) bool { return name == "Location" || name == "Content-Location" }
