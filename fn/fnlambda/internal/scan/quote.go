package scan

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// AppendQuote appends a text as a JSON string, in the shortest form as
// jsontext.AppendQuote does. What is not UTF-8 becomes U+FFFD, and valid is false.
func AppendQuote(dst, text []byte) (quoted []byte, valid bool) {
	const most = wordSize + len(`\u0000`) // written at a time
	dst = slices.Grow(dst, len(text)+most)
	dst = append(dst, '"')
	n, valid := len(dst), true
	for i := 0; i < len(text); {
		if cap(dst)-n < most {
			dst = slices.Grow(dst[:n], len(text)-i+most)
		}
		dst = dst[:n+most]
		if i+wordSize <= len(text) {
			w := binary.LittleEndian.Uint64(text[i:])
			binary.LittleEndian.PutUint64(dst[n:], w) // what is too much of it is written over
			m := marks(w)
			if m == 0 {
				i, n = i+wordSize, n+wordSize
				continue
			}
			i, n = i+lowest(m), n+lowest(m)
		}
		switch c := text[i]; {
		case plain[c]:
			dst[n] = c
			i, n = i+1, n+1
		case c < utf8.RuneSelf:
			i, n = i+1, n+putEscape(dst[n:], c)
		default:
			to := wideBytesTo(text, i)
			dst = append(dst[:n], text[i:to]...)
			if to == i { // not UTF-8
				to, valid = to+1, false
				dst = utf8.AppendRune(dst, utf8.RuneError)
			}
			i, n = to, len(dst)
		}
	}
	return append(dst[:n], '"'), valid
}

// AppendQuoteString is AppendQuote for a text that is plain as a rule.
func AppendQuoteString(dst []byte, text string) []byte {
	if plainTo(text, 0) < len(text) {
		quoted, _ := AppendQuote(dst, []byte(text))
		return quoted
	}
	return append(append(append(dst, '"'), text...), '"')
}

// short is the second byte of the escapes of two.
var short = [utf8.RuneSelf]byte{'"': '"', '\\': '\\', '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't'}

// putEscape writes the escape of a byte, and returns its size.
func putEscape(dst []byte, c byte) int {
	if short[c] != 0 {
		dst[0], dst[1] = '\\', short[c]
		return 2
	}
	const hex = "0123456789abcdef"
	return copy(dst, []byte{'\\', 'u', '0', '0', hex[c>>4], hex[c&0xf]})
}

// wideBytesTo returns the end of the characters from i on that are not ASCII.
func wideBytesTo(text []byte, i int) int {
	for i < len(text) && text[i] >= utf8.RuneSelf {
		_, size := utf8.DecodeRune(text[i:])
		if size == 1 {
			break
		}
		i += size
	}
	return i
}
