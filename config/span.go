package config

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// span names the range of a type of numbers, or of the values of a list or map of them,
// "" for other types.
func span(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
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

// unreadableValue is unreadable for a value. Where the range is one that people know by
// heart it is always told, and otherwise to whose number is outside of it.
func unreadableValue(v Variable, value string) string {
	if v.span == "" || !v.narrow && !isNumeral(strings.TrimSpace(value)) {
		return unreadable(v)
	}
	return "cannot be read as " + article(v.Type) + v.span
}

// isNumeral reports whether a text that could not be read is a number all the same.
func isNumeral(text string) bool {
	_, err := strconv.ParseFloat(text, 64)
	return err == nil && strings.Trim(text, "-0123456789") == "" || errors.Is(err, strconv.ErrRange)
}

// isNarrow reports whether the numbers of a type have at most 32 bits.
func isNarrow(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 && t.Bits() <= 32
}
