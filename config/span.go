package config

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"

	"github.com/anygrain/anygrain/internal/duration"
)

// span names the range of a type of numbers or durations, or of the values of a list or map
// of them, "" for other types.
func span(t reflect.Type) string {
	if t == durationType {
		return " " + duration.Span
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return span(t.Elem())
	case reflect.Map:
		if keys := span(t.Key()); keys != "" {
			return span(t.Elem()) + " with keys" + keys
		}
		return span(t.Elem())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		least := int64(math.MinInt64) >> (64 - t.Bits())
		return fmt.Sprintf(" between %d and %d", least, -(least + 1))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return fmt.Sprintf(" between 0 and %d", uint64(math.MaxUint64)>>(64-t.Bits()))
	case reflect.Float32:
		return fmt.Sprintf(" between -%[1]v and %[1]v", float32(math.MaxFloat32))
	case reflect.Float64:
		return fmt.Sprintf(" between -%[1]v and %[1]v", math.MaxFloat64)
	}
	return ""
}

// errTooLong is what is wrong with a duration outside of the range.
var errTooLong = errors.New("a duration that is too long")

// isOutside reports whether a text could not be read because a number or duration in it is
// outside of the range.
func isOutside(err error) bool {
	failed, ok := errors.AsType[env.ParseError](err)
	if !ok {
		return false
	}
	if number, ok := errors.AsType[*strconv.NumError](failed.Err); ok {
		return isNumeral(strings.TrimSpace(number.Num))
	}
	return errors.Is(failed.Err, errTooLong)
}

// isNumeral reports whether a text that could not be read is a number all the same.
func isNumeral(text string) bool {
	_, err := strconv.ParseFloat(text, 64)
	return err == nil && strings.Trim(text, "-0123456789") == "" || errors.Is(err, strconv.ErrRange)
}

// isNarrow reports whether the numbers of a type have at most 32 bits.
func isNarrow(t reflect.Type) bool {
	switch {
	case t.Kind() == reflect.Pointer, t.Kind() == reflect.Slice:
		return isNarrow(t.Elem())
	case t.Kind() == reflect.Map:
		return (span(t.Key()) == "" || isNarrow(t.Key())) && (span(t.Elem()) == "" || isNarrow(t.Elem()))
	}
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 && t.Bits() <= 32
}
