package jsonout

import (
	"math"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

func appendBool(dst []byte, v reflect.Value) ([]byte, bool) {
	return strconv.AppendBool(dst, v.Bool()), true
}

func appendInt(dst []byte, v reflect.Value) ([]byte, bool) {
	return strconv.AppendInt(dst, v.Int(), 10), true
}

func appendUint(dst []byte, v reflect.Value) ([]byte, bool) {
	return strconv.AppendUint(dst, v.Uint(), 10), true
}

// appendString cannot write what is not UTF-8.
func appendString(dst []byte, v reflect.Value) ([]byte, bool) {
	s := v.String()
	if plain(s) {
		dst = append(dst, '"')
		dst = append(dst, s...)
		return append(dst, '"'), true
	}
	dst, err := jsontext.AppendQuote(dst, s)
	return dst, err == nil
}

// plain reports whether the text is ASCII that stands for itself. It looks at eight bytes
// at a time: byte by byte it took a twentieth of a small request.
func plain(s string) bool {
	for ; len(s) >= 8; s = s[8:] {
		if !plainWord(uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56) {
			return false
		}
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// each is a word of eight bytes of 1: multiplied by a byte, it has that byte in all places.
const each = 0x0101010101010101

// plainWord is plain of eight bytes.
func plainWord(w uint64) bool {
	quote, backslash, del := w^each*'"', w^each*'\\', w^each*0x7f // the byte in question is 0
	// Subtraction sets the high bit of a byte that is too small, and of bytes above that one,
	// unless it was set before, as it is only outside of ASCII.
	found := w | (w-each*' ')&^w | (quote-each)&^quote | (backslash-each)&^backslash | (del-each)&^del
	return found&(each*0x80) == 0
}

// appendFloat writes numbers as ECMAScript does (RFC 8785 section 3.2.2.3), which
// has the fewest digits that are read back as the same number. It leaves those
// with an exponent to the JSON package, and what is no number.
func appendFloat(dst []byte, v reflect.Value) ([]byte, bool) {
	const least, most = 1e-6, 1e21
	f, bits := v.Float(), v.Type().Bits()
	if a := math.Abs(f); !(a == 0 || a >= least && a < most) || bits == 32 && a != 0 && float32(a) < float32(least) {
		return dst, false
	}
	if f == 0 { // of both signs
		if math.Signbit(f) {
			return append(dst, "-0"...), true
		}
		return append(dst, '0'), true
	}
	return strconv.AppendFloat(dst, f, 'f', -1, bits), true
}
