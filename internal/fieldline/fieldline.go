// Package fieldline makes one value of the lines of a header field, so that a
// request looks the same to all who ask, whoever joined them on the way.
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
// Values are not changed; they are returned as they are when there is nothing to do.
func One(name string, values []string) []string {
	switch len(values) {
	case 0:
		return nil
	case 1:
		trimmed := strings.Trim(values[0], space)
		if len(trimmed) == len(values[0]) {
			return values
		}
		return []string{trimmed}
	}
	if strings.EqualFold(name, "Cookie") {
		return []string{join(values, "; ", false)}
	}
	return []string{join(values, ",", true)}
}

// IsOne reports whether One would return the values as they are.
func IsOne(values []string) bool {
	return len(values) == 0 || len(values) == 1 && len(strings.Trim(values[0], space)) == len(values[0])
}

// join joins the lines. Empty ones count in a list (RFC 9110 section 5.6.1 leaves
// them to who reads it), and are no cookies.
func join(values []string, separator string, empty bool) string {
	var b strings.Builder
	first := true
	for _, v := range values {
		v = strings.Trim(v, space)
		if v == "" && !empty {
			continue
		}
		if !first {
			b.WriteString(separator)
		}
		b.WriteString(v)
		first = false
	}
	return b.String()
}
