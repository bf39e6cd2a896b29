package textvalue

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/internal/duration"
)

// Expected is what is said of a text that cannot be read. Where the range of numbers is
// long, it is told to whom it concerns: a client whose number is outside of it.
func (s *scalar) Expected(text string) string {
	if s.numeral != nil && s.numeral(text) {
		return s.span
	}
	return s.Expect
}

// withSpan adds the range of a type of numbers that expectInt is silent about. What could
// not be read and is a numeral all the same must have been too large.
func (s scalar) withSpan(t reflect.Type) scalar {
	switch bits := t.Bits(); {
	case t.Kind() == reflect.Float32:
		s.span, s.numeral = fmt.Sprintf("must be a number between -%[1]v and %[1]v", float32(math.MaxFloat32)), isDecimal
	case t.Kind() == reflect.Float64:
		s.span, s.numeral = fmt.Sprintf("must be a number between -%[1]v and %[1]v", math.MaxFloat64), isDecimal
	case bits <= 32:
	case t.Kind() >= reflect.Uint:
		s.span, s.numeral = fmt.Sprintf("must be an integer between 0 and %d", uint64(math.MaxUint64)), isDigits
	default:
		s.span, s.numeral = fmt.Sprintf("must be an integer between %d and %d", math.MinInt64, math.MaxInt64), isInteger
	}
	return s
}

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

func isInteger(text string) bool { return isDigits(strings.TrimPrefix(text, "-")) }

func isDecimal(text string) bool {
	_, err := strconv.ParseFloat(text, 64)
	return (err == nil || errors.Is(err, strconv.ErrRange)) && strings.Trim(text, "+-.eE0123456789") == ""
}

const ExpectDurationRange = "must be a duration " + duration.Span

// IsTooLong reports whether an error of time.ParseDuration is about a duration that is too
// long. The JSON package does not hand on the text, but the error quotes it.
func IsTooLong(err error) bool {
	if err == nil {
		return false
	}
	_, quoted, _ := strings.Cut(err.Error(), `"`)
	return duration.Is(strings.TrimSuffix(quoted, `"`))
}
