package config

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/internal/duration"
	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/rules"
)

// misread is what is wrong with a text, in words that have no part of it.
type misread string

func (m misread) Error() string { return string(m) }

// unreadable says what a text must be that cannot be read, and what is wrong with it where
// that is known.
func (v *variable) unreadable(err error) string {
	kind := typeName(v.typ)
	want := "cannot be read as " + article(kind)
	if why, ok := errors.AsType[misread](err); ok {
		return want + example(kind) + ": " + string(why)
	}
	if readsText(v.typ) {
		return want + example(kind)
	}
	if span := span(v.typ); isNarrow(v.typ) || span != "" && isOutside(err) { // a short range is always told, a long one to whom it concerns
		return want + span
	}
	return want + example(kind)
}

func article(word string) string {
	switch {
	case strings.HasSuffix(word, "bytes"):
		return word
	case strings.ContainsRune("aeiou", rune(word[0])):
		return "an " + word
	}
	return "a " + word
}

// example shows the form of types whose form is not obvious.
func example(word string) string {
	switch word {
	case "duration":
		return ` such as "1m30s"`
	case "time":
		return ` such as "2006-01-02T15:04:05Z"`
	case "boolean":
		return `: true or false`
	case "time.Location":
		return zoneExample(rules.KnowsZones())
	}
	return ""
}

// zoneExample is the form of a time zone, and the remedy where no name of one can be read.
func zoneExample(known bool) string {
	const form = ` such as "Europe/Paris"`
	if known {
		return form
	}
	return form + ": there is no database of time zones on this machine, so that no name is known; build with -tags timetzdata, which puts one into the program, or install tzdata"
}

// span names the range of a type of numbers or durations, or of the values of a list or map
// of them, "" for other types.
func span(t reflect.Type) string {
	if gotype.IsDuration(t) {
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

// isOutside reports whether a text could not be read because a number or duration in it is
// outside of the range.
func isOutside(err error) bool {
	if number, ok := errors.AsType[*strconv.NumError](err); ok {
		return isNumeral(strings.TrimSpace(number.Num))
	}
	return errors.Is(err, errTooLong)
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
