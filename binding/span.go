package binding

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/duration"
)

// expected is what is said of a text that cannot be read. Where the range of numbers is
// long, it is told to whom it concerns: a client whose number is outside of it.
func (s *scalar) expected(text string) string {
	if s.numeral != nil && s.numeral(text) {
		return s.span
	}
	return s.expect
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

// expectedJSON says what a JSON value that could not be read as a type must be. A number
// in quotes is one where it stands for one: a key of a map, or a member with ,string.
func expectedJSON(t reflect.Type, value jsontext.Value) string {
	message := expectJSON(t)
	if t == nil || value.Kind() != '0' && value.Kind() != '"' {
		return message
	}
	s, ok := scalarOf(pointee(t))
	if !ok || s.expect != message || s.numeral == nil {
		return message
	}
	if value.Kind() == '0' {
		return s.expected(string(value))
	}
	text, err := jsontext.AppendUnquote(nil, value)
	if err != nil || s.parse(reflect.New(pointee(t)).Elem(), string(text)) { // not too large: not to be in quotes
		return message
	}
	return s.expected(string(text))
}

const expectSpan = "must be a duration " + duration.Span

// isTooLong reports whether an error of time.ParseDuration is about a duration that is too
// long. The JSON package does not hand on the text, but the error quotes it.
func isTooLong(err error) bool {
	if err == nil {
		return false
	}
	_, quoted, _ := strings.Cut(err.Error(), `"`)
	return duration.Is(strings.TrimSuffix(quoted, `"`))
}
