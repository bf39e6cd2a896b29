package binding

import "strings"

const expectPairs = "must be pairs name=value joined by &, with other characters as %XX"

// bytestring is what pairs are read from: a query, which is a string, or a body,
// which is bytes that somebody else uses again.
type bytestring interface{ string | []byte }

// wellFormedPairs reports whether every % begins a byte. A semicolon is refused:
// some take it for a separator and others do not.
func wellFormedPairs[T bytestring](raw T) bool {
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case ';':
			return false
		case '%':
			if i+2 >= len(raw) || !isHex(raw[i+1]) || !isHex(raw[i+2]) {
				return false
			}
			i += 2
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// decodePairs reads a string of the form application/x-www-form-urlencoded: pairs
// separated by &, in which + is a space and %XX a byte. It reports false, and has
// read nothing, when one of them is malformed: the pairs do not arrive in the same
// order on every host.
//
// All names and values share one piece of memory, which is theirs alone.
func decodePairs[T bytestring](raw T, pair func(name, value string)) bool {
	if !wellFormedPairs(raw) {
		return false
	}
	var memory strings.Builder
	memory.Grow(len(raw)) // decoding never makes anything longer
	for at := 0; at < len(raw); at++ {
		end := at + until(raw[at:], '&')
		if end > at {
			middle := at + until(raw[at:end], '=')
			name := decode(&memory, raw[at:middle])
			pair(name, decode(&memory, raw[min(middle+1, end):end]))
		}
		at = end
	}
	return true
}

// until returns how much of s stands before the byte.
func until[T bytestring](s T, c byte) int {
	for i := range len(s) {
		if s[i] == c {
			return i
		}
	}
	return len(s)
}

// decode appends a part of a well-formed pair to the memory, and returns what it
// appended. What is in there already stays as it is.
func decode[T bytestring](memory *strings.Builder, s T) string {
	start := memory.Len()
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '+':
			memory.WriteByte(' ')
		case '%':
			memory.WriteByte(hexValue(s[i+1])<<4 | hexValue(s[i+2]))
			i += 2
		default:
			memory.WriteByte(c)
		}
	}
	return memory.String()[start:]
}

// hexValue is the value of a hexadecimal digit.
func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
