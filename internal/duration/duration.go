// Package duration tells durations that are too long from other text: time.ParseDuration
// says of both that they are invalid.
package duration

import (
	"strings"
	"time"
)

// Span is the range of a time.Duration.
const Span = "between -2562047h47m16.854775808s and 2562047h47m16.854775807s"

// Is reports whether a text has the form of a duration, however long that is.
func Is(text string) bool {
	if text == "" || isDigit(rune(text[len(text)-1])) { // no unit; 0 alone, which needs none, is never too long
		return false
	}
	_, err := time.ParseDuration(strings.Map(zero, text))
	return err == nil
}

// zero makes a duration one of the same form that is not too long.
func zero(c rune) rune {
	if isDigit(c) {
		return '0'
	}
	return c
}

func isDigit(c rune) bool { return '0' <= c && c <= '9' }
