package textvalue

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/anygrain/anygrain/internal/duration"
	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/jsonnumber"
	"github.com/anygrain/anygrain/internal/promotion"
)

// scalar reads one text as a value of one Go type.
type scalar struct {
	parse  func(dst reflect.Value, text string) bool
	Expect string // what is said when parse reports false: "must be an integer"
	Shared bool   // two fields can hold the same parsed value: it has no memory of its own
	Plain  bool   // text or bytes, of which nothing is a value too

	span    string            // what is said of a number that is too large, where expect does not say it
	numeral func(string) bool // tells numbers from other text; nil without a span
}

var (
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
	timeType            = reflect.TypeFor[time.Time]()
	byteType            = reflect.TypeFor[byte]()
)

// What is said when a value cannot be read. The same words serve for text and
// for JSON, so that every host gives the same answer.
const (
	ExpectTime     = "must be a time such as 2006-01-02T15:04:05Z"
	ExpectDuration = "must be a duration such as 1m30s"
	ExpectString   = "must be text in UTF-8"
	expectBool     = "must be true or false"
	expectNumber   = "must be a number"
)

// scalarOf compiles the reader of a type, or reports that text cannot be read
// as that type.
func scalarOf(t reflect.Type) (scalar, bool) {
	if index, ok := promotion.Time(t, timeType); ok {
		return scalar{parse: parseTime(ParseTime, index), Expect: ExpectTime, Shared: true}, true
	}
	switch {
	case gotype.IsDuration(t):
		return scalar{parse: parseDuration, Expect: ExpectDuration, Shared: true, span: ExpectDurationRange, numeral: duration.Is}, true
	case gotype.IsNumber(t):
		return scalar{parse: parseNumber, Expect: expectNumber, Shared: true}, true
	case reflect.PointerTo(t).Implements(textUnmarshalerType):
		return scalar{parse: parseText, Expect: expectType(t)}, t.Kind() != reflect.Pointer && t.Kind() != reflect.Interface
	case t.Kind() == reflect.Slice && t.Elem() == byteType:
		return scalar{parse: parseBytes, Plain: true}, true
	}
	return scalarOfKind(t)
}

// scalarAt is scalarOf in a place: times have other forms in some, and a form's
// checked box is on.
func scalarAt(place Place, t reflect.Type) (scalar, bool) {
	s, ok := scalarOf(t)
	if index, isTime := promotion.Time(t, timeType); isTime {
		s.parse = parseTime(timeReader(place), index)
	}
	if ok && s.Expect == expectBool && (place == Query || place == Form) {
		s.parse = parseBox
	}
	return s, ok
}

func scalarOfKind(t reflect.Type) (scalar, bool) {
	switch t.Kind() {
	case reflect.String:
		return scalar{parse: parseString, Expect: ExpectString, Shared: true, Plain: true}, true
	case reflect.Bool:
		return scalar{parse: parseBool, Expect: expectBool, Shared: true}, true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return scalar{parse: parseInt(t.Bits()), Expect: expectInt(t), Shared: true}.withSpan(t), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return scalar{parse: parseUint(t.Bits()), Expect: expectInt(t), Shared: true}.withSpan(t), true
	case reflect.Float32, reflect.Float64:
		return scalar{parse: parseFloat(t.Bits()), Expect: expectNumber, Shared: true}.withSpan(t), true
	}
	return scalar{}, false
}

func parseString(dst reflect.Value, text string) bool {
	if !utf8.ValidString(text) {
		return false // JSON cannot carry it: a direct invoke would differ
	}
	dst.SetString(text)
	return true
}

func parseBytes(dst reflect.Value, text string) bool {
	dst.SetBytes([]byte(text))
	return true
}

func parseBool(dst reflect.Value, text string) bool {
	switch text {
	case "true", "1":
		dst.SetBool(true)
	case "false", "0":
		dst.SetBool(false)
	default:
		return false
	}
	return true
}

// parseBox is parseBool where a browser may have sent it: the value of a box that
// is checked is on unless the page says another.
func parseBox(dst reflect.Value, text string) bool {
	if text == "on" {
		dst.SetBool(true)
		return true
	}
	return parseBool(dst, text)
}

func parseInt(bits int) func(reflect.Value, string) bool {
	return func(dst reflect.Value, text string) bool {
		n, err := strconv.ParseInt(text, 10, bits)
		if err != nil {
			return false
		}
		dst.SetInt(n)
		return true
	}
}

func parseUint(bits int) func(reflect.Value, string) bool {
	return func(dst reflect.Value, text string) bool {
		n, err := strconv.ParseUint(text, 10, bits)
		if err != nil {
			return false
		}
		dst.SetUint(n)
		return true
	}
}

// parseFloat takes decimal notation only. strconv knows infinities, NaN and
// hexadecimals too, none of which JSON can carry.
func parseFloat(bits int) func(reflect.Value, string) bool {
	return func(dst reflect.Value, text string) bool {
		if strings.Trim(text, "+-.eE0123456789") != "" {
			return false
		}
		x, err := strconv.ParseFloat(text, bits)
		if err != nil || math.IsInf(x, 0) {
			return false
		}
		dst.SetFloat(x)
		return true
	}
}

// parseNumber keeps the digits of a number as they came.
func parseNumber(dst reflect.Value, text string) bool {
	dst.SetString(text)
	return jsonnumber.Is(text)
}

func parseDuration(dst reflect.Value, text string) bool {
	d, err := time.ParseDuration(text)
	dst.SetInt(int64(d))
	return err == nil
}

// parseText never shows the error: it may quote the value. Text that is not UTF-8 is
// not asked about: JSON could not carry it, and the type may keep it.
func parseText(dst reflect.Value, text string) bool {
	return utf8.ValidString(text) && dst.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)) == nil
}

// expectInt names the range where it is one that people know.
func expectInt(t reflect.Type) string {
	bits := t.Bits()
	switch unsigned := t.Kind() >= reflect.Uint && t.Kind() <= reflect.Uintptr; {
	case unsigned && bits > 32:
		return "must be an integer of at least 0"
	case unsigned:
		return fmt.Sprintf("must be an integer between 0 and %d", uint64(1)<<bits-1)
	case bits > 32:
		return "must be an integer"
	default:
		return fmt.Sprintf("must be an integer between %d and %d", -(int64(1) << (bits - 1)), int64(1)<<(bits-1)-1)
	}
}

func expectType(t reflect.Type) string {
	if t.Name() == "" {
		return "must be of another type"
	}
	return "must be a valid " + t.Name()
}
