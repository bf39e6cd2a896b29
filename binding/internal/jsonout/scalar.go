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

// plain reports whether the text is ASCII that stands for itself.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			return false
		}
	}
	return true
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
