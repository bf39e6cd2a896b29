// Package rfc3339 reads times as RFC 3339 writes them. Package time reads more than that
// (a comma, hours of one digit, offsets of days), and its UnmarshalText and the JSON
// package read less, so none of them decides: Parse does, for inputs and for configs.
package rfc3339

import (
	"strings"
	"time"
)

const wall = "2006-01-02T15:04:05"

// Parse reads a time as RFC 3339 writes it; t and z may be lower-case.
func Parse(text string) (time.Time, bool) {
	if len(text) <= len(wall) || !isWallClock(text[:len(wall)]) || !endsTime(text[len(wall):]) {
		return time.Time{}, false
	}
	if c := text[len(text)-1]; text[10] == 't' || c == 'z' {
		text = strings.ToUpper(text)
	}
	t, err := time.Parse(time.RFC3339, text) // checks that there is such a day and hour
	return t, err == nil
}

// isWallClock reports whether the text has the digits of 2006-01-02T15:04:05.
func isWallClock(text string) bool {
	for i := range len(text) {
		switch want := wall[i]; {
		case '0' <= want && want <= '9':
			if text[i] < '0' || text[i] > '9' {
				return false
			}
		case text[i] != want && !(want == 'T' && text[i] == 't'):
			return false
		}
	}
	return true
}

// endsTime reports whether the text is a fraction of a second, if any, and an offset.
func endsTime(text string) bool {
	if text[0] == '.' {
		digits := len(text) - len(strings.TrimLeft(text[1:], "0123456789"))
		if text = text[digits:]; digits == 1 || text == "" {
			return false
		}
	}
	return text == "Z" || text == "z" || isOffset(text)
}

// isOffset reports whether the text is an offset such as +02:00.
func isOffset(text string) bool {
	if len(text) != len("+02:00") || text[0] != '+' && text[0] != '-' || text[3] != ':' {
		return false
	}
	for _, i := range []int{1, 2, 4, 5} {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text[1:3] <= "23" && text[4:6] <= "59"
}
