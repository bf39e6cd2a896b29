package binding

import (
	"net/url"
	"strings"
)

// readQuery scans the query string once, against the names that the plan
// knows. Other parameters pass, but have to be well-formed.
func (r *request) readQuery() {
	if len(r.plan.query) == 0 {
		return
	}
	ok := scanPairs(r.src.RawQuery(), func(name, value string) {
		if p := named(r.plan.query, name); p != nil {
			r.give(p, value)
		}
	})
	if !ok {
		r.faults.malformed(r.plan.query[0].order, string(Query), string(Query), "syntax", expectPairs)
	}
}

const expectPairs = "must be pairs name=value joined by &, with other characters as %XX"

// scanPairs reads a string of the form application/x-www-form-urlencoded: pairs
// separated by &, in which + is a space and %XX a byte. It reports false, and has
// read nothing, when one of them is malformed: the pairs do not arrive in the same
// order on every host.
func scanPairs(raw string, pair func(name, value string)) bool {
	plain := !strings.ContainsAny(raw, "%+;")
	if !plain && !wellFormedPairs(raw) {
		return false
	}
	for raw != "" {
		var one string
		one, raw, _ = strings.Cut(raw, "&")
		if one == "" {
			continue
		}
		name, value, _ := strings.Cut(one, "=")
		if !plain {
			name, value = unescape(name), unescape(value)
		}
		pair(name, value)
	}
	return true
}

// wellFormedPairs reports whether every % begins a byte. A semicolon is refused:
// some take it for a separator and others do not.
func wellFormedPairs(raw string) bool {
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case ';':
			return false
		case '%':
			if i+2 >= len(raw) || !isHex(raw[i+1]) || !isHex(raw[i+2]) {
				return false
			}
			i += 2
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// unescape decodes a part of a well-formed pair.
func unescape(s string) string {
	decoded, err := url.QueryUnescape(s)
	if err != nil {
		return s
	}
	return decoded
}

// named returns the part of that name, nil when there is none. An In has few
// enough of them that a map would not be faster.
func named(parts []*part, name string) *part {
	for _, p := range parts {
		if p.Name == name {
			return p
		}
	}
	return nil
}
