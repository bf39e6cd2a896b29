package config

import (
	"errors"
	"reflect"
	"strings"
	"time"

	"github.com/anygrain/anygrain/internal/promotion"
	"github.com/anygrain/anygrain/internal/rfc3339"
)

// isTimes reports whether a type is a time, a struct that has its text from one which it
// embeds, or a list or pointer of such.
func isTimes(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	_, ok := promotion.Time(t, reflect.TypeFor[time.Time]())
	return ok
}

var errNoTime = errors.New("no time as in RFC 3339")

// capitalTimes holds times to the one form that inputs have too, and returns them with the
// capital letters that time.Time, which the library asks, wants.
func capitalTimes(text, separator string) (string, error) {
	times := []string{text}
	if separator != "" {
		times = strings.Split(text, separator)
	}
	for i, one := range times {
		if _, ok := rfc3339.Parse(one); !ok {
			return "", errNoTime
		}
		times[i] = strings.ToUpper(one)
	}
	return strings.Join(times, separator), nil
}

// timeSeparator is what stands between the times of a list, "" where there is one time.
func timeSeparator(t reflect.Type, tag reflect.StructTag) string {
	if !hasParts(t) {
		return ""
	}
	return partsOf(t, tag).separator
}
