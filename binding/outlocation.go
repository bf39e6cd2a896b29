package binding

import (
	"reflect"
	"strings"
)

// EscapeReference returns a URL, or a reference to one, as the field Location
// has it (RFC 9110 section 10.2.2): what RFC 3986 does not have in one is
// percent-encoded, spaces, tabs, quotes, backslashes, what is not ASCII, and a percent
// sign that begins no escape. Escapes stay as they are, and so do control
// characters, which no field can have and [Out] refuses.
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
	case c == '\t': // a field may have it, and browsers drop it: "/\t/host" would lead to another host
		return true
	case c < ' ', c == 0x7f:
		return false // refused, not escaped
	case c >= 0x80:
		return true
	case c == '%':
		return i+2 >= len(reference) || !isHex(reference[i+1]) || !isHex(reference[i+2])
	default:
		return strings.IndexByte(" \"<>\\^`{|}", c) >= 0
	}
}

// encoderFor returns the encoder of a header that is bound to a field of the type.
func encoderFor(name string, t reflect.Type) headerEncoder {
	encode := headerEncoderOf(t)
	if encode == nil || name != "Location" && name != "Content-Location" {
		return encode
	}
	return func(h Header, name string, v reflect.Value) (Header, error) {
		from := len(h)
		h, err := encode(h, name, v)
		for i := range h[from:] {
			h[from+i].Value = EscapeReference(h[from+i].Value)
		}
		return h, err
	}
}
