package fieldline

import "strings"

// IsToken reports whether the text is a token, as the names of fields, cookies and
// methods are (RFC 9110 section 5.6.2).
func IsToken(text string) bool {
	for i := range len(text) {
		if !inToken[text[i]] {
			return false
		}
	}
	return text != ""
}

// IsTokenByte reports whether a token may have the byte.
func IsTokenByte(c byte) bool { return inToken[c] }

// inToken has the bytes of a token: what can be seen in ASCII but for the delimiters.
var inToken = func() (set [256]bool) {
	for c := byte('!'); c < 0x7f; c++ {
		set[c] = strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) < 0
	}
	return set
}()
