// Package fieldline has what HTTP says of the fields of a header and several packages
// ask. It makes one value of a field's lines, so that a request looks the same to all,
// whoever joined them on the way; it says what a token is; and it says which fields are
// the host's own.
package fieldline

import "strings"

// space is what may stand around a value and is no part of it (OWS, RFC 9110
// section 5.6.3).
const space = " \t"

// One returns the field's value as a list of one, nil when there are no lines.
// Lines are joined by commas without a space (RFC 9110 section 5.3), as HTTP
// APIs do it, and Cookie by "; " (RFC 9113 section 8.2.3). The space around each
// line does not count.
//
// A line of cookies that has none in it is none: HTTP APIs send the cookies apart.
//
// Values are not changed; they are returned as they are when there is nothing to do.
func One(name string, values []string) []string {
	switch {
	case IsOne(name, values):
		return values
	case len(values) == 0:
		return nil
	case isCookie(name):
		return joinCookies(values)
	}
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strings.Trim(v, space))
	}
	return []string{b.String()}
}

// IsOne reports whether One would return the values as they are.
func IsOne(name string, values []string) bool {
	switch len(values) {
	case 0:
		return values == nil
	case 1:
		v := values[0]
		return len(strings.Trim(v, space)) == len(v) && !(isCookie(name) && holdsNone(v))
	}
	return false
}

// AddsUp says of which fields of a response one of its own does not replace one that was
// set before.
func AddsUp(name string) bool {
	switch len(name) {
	case len("Vary"):
		return strings.EqualFold(name, "Vary")
	case len("Set-Cookie"):
		return strings.EqualFold(name, "Set-Cookie")
	}
	return false
}

func isCookie(name string) bool {
	return len(name) == len("Cookie") && strings.EqualFold(name, "Cookie")
}

// holdsNone reports whether a line has nothing but what stands between cookies.
func holdsNone(line string) bool { return strings.Trim(line, space+";") == "" }

func joinCookies(lines []string) []string {
	var some []string
	for _, line := range lines {
		if !holdsNone(line) {
			some = append(some, strings.Trim(line, space))
		}
	}
	if len(some) == 0 {
		return nil
	}
	return []string{strings.Join(some, "; ")}
}
