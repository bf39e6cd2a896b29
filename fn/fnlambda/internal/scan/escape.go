package scan

import (
	"unicode/utf16"
	"unicode/utf8"
)

// simple is what a byte behind a backslash stands for, 0 for those that stand
// for nothing, and for u.
var simple = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads the escape at i. Size is 0 when it is none.
func escape(text string, i int) (r rune, size int) {
	if i+1 < len(text) && simple[text[i+1]] != 0 {
		return rune(simple[text[i+1]]), 2
	}
	return longEscape(text, i)
}

// longEscape reads \u0041 or a pair of surrogates, \ud83d\ude00, at i. Size is 0
// when there is none, or half a pair.
func longEscape(text string, i int) (r rune, size int) {
	r, ok := unit(text, i)
	switch {
	case !ok:
		return 0, 0
	case !utf16.IsSurrogate(r):
		return r, 6
	}
	low, ok := unit(text, i+6)
	if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
		return 0, 0
	}
	return r, 12
}

// unit reads \u and four hexadecimal digits.
func unit(text string, i int) (r rune, ok bool) {
	if len(text)-i < 6 || text[i] != '\\' || text[i+1] != 'u' {
		return 0, false
	}
	a, b, c, d := digits[text[i+2]], digits[text[i+3]], digits[text[i+4]], digits[text[i+5]]
	return rune(a)<<12 | rune(b)<<8 | rune(c)<<4 | rune(d), a|b|c|d <= 0xf
}

// digits are the values of hexadecimal digits, and of other bytes none.
var digits = func() (values [256]byte) {
	for c := range values {
		values[c] = 0xff
	}
	for i, c := range []byte("0123456789abcdef") {
		values[c] = byte(i)
	}
	for i, c := range []byte("ABCDEF") {
		values[c] = byte(10 + i)
	}
	return values
}()
