package binding

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
	"github.com/anygrain/anygrain/internal/jsonnumber"
	"github.com/anygrain/anygrain/internal/promotion"
)

// scalar reads one text as a value of one Go type.
type scalar struct {
	parse  func(dst reflect.Value, text string) bool
	expect string // what is said when parse reports false: "must be an integer"
	shared bool   // two fields can hold the same parsed value: it has no memory of its own
	plain  bool   // text or bytes, of which nothing is a value too

	span    string            // what is said of a number that is too large, where expect does not say it
	numeral func(string) bool // tells numbers from other text; nil without a span
}

var textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()

// What is said when a value cannot be read. The same words serve for text and
// for JSON, so that every host gives the same answer.
const (
	expectTime     = "must be a time such as 2006-01-02T15:04:05Z"
	expectDuration = "must be a duration such as 1m30s"
	expectString   = "must be text in UTF-8"
	expectBool     = "must be true or false"
	expectNumber   = "must be a number"
)

// scalarOf compiles the reader of a type, or reports that text cannot be read
// as that type.
func scalarOf(t reflect.Type) (scalar, bool) {
	if index, ok := promotion.Time(t, timeType); ok {
		return scalar{parse: parseTime(readTime, index), expect: expectTime, shared: true}, true
	}
	switch {
	case t == durationType:
		return scalar{parse: parseDuration, expect: expectDuration, shared: true, span: expectSpan, numeral: duration.Is}, true
	case t == numberType:
		return scalar{parse: parseNumber, expect: expectNumber, shared: true}, true
	case reflect.PointerTo(t).Implements(textUnmarshalerType):
		return scalar{parse: parseText, expect: expectType(t)}, t.Kind() != reflect.Pointer && t.Kind() != reflect.Interface
	case t.Kind() == reflect.Slice && t.Elem() == byteType:
		return scalar{parse: parseBytes, plain: true}, true
	}
	return scalarOfKind(t)
}

// scalarAt is scalarOf in a place: times have other forms in some, and a form's
// checked box is on.
func scalarAt(where Where, t reflect.Type) (scalar, bool) {
	s, ok := scalarOf(t)
	if index, isTime := promotion.Time(t, timeType); isTime {
		s.parse = parseTime(timeReader(where), index)
	}
	if ok && s.expect == expectBool && (where == Query || where == Form) {
		s.parse = parseBox
	}
	return s, ok
}

func scalarOfKind(t reflect.Type) (scalar, bool) {
	switch t.Kind() {
	case reflect.String:
		return scalar{parse: parseString, expect: expectString, shared: true, plain: true}, true
	case reflect.Bool:
		return scalar{parse: parseBool, expect: expectBool, shared: true}, true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return scalar{parse: parseInt(t.Bits()), expect: expectInt(t), shared: true}.withSpan(t), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return scalar{parse: parseUint(t.Bits()), expect: expectInt(t), shared: true}.withSpan(t), true
	case reflect.Float32, reflect.Float64:
		return scalar{parse: parseFloat(t.Bits()), expect: expectNumber, shared: true}.withSpan(t), true
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

// expectJSON says what a JSON value for a type must be.
func expectJSON(t reflect.Type) string {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil {
		return "must be of another type"
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		if _, ok := promotion.Time(t, timeType); ok {
			return expectTime
		}
		if readsItself(t) {
			return expectType(t)
		}
		return "must be an object"
	case reflect.Slice, reflect.Array:
		return expectJSONList(t)
	}
	if s, ok := scalarOf(t); ok {
		return s.expect
	}
	return expectType(t)
}

func expectJSONList(t reflect.Type) string {
	switch {
	case readsItself(t):
		return expectType(t)
	case t.Elem() == byteType:
		return "must be text in base64"
	default:
		return "must be a list"
	}
}
