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
// separated by &, in which + is a space and %XX a byte. It reports false at the
// first pair that is malformed, or holds a semicolon, which some take for a
// separator and others do not.
func scanPairs(raw string, pair func(name, value string)) bool {
	plain := !strings.ContainsAny(raw, "%+;")
	for raw != "" {
		var one string
		one, raw, _ = strings.Cut(raw, "&")
		if one == "" {
			continue
		}
		name, value, _ := strings.Cut(one, "=")
		if !plain {
			var ok bool
			if name, value, ok = unescapePair(one, name, value); !ok {
				return false
			}
		}
		pair(name, value)
	}
	return true
}

func unescapePair(one, name, value string) (n, v string, ok bool) {
	n, nameErr := url.QueryUnescape(name)
	v, valueErr := url.QueryUnescape(value)
	return n, v, nameErr == nil && valueErr == nil && !strings.Contains(one, ";")
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
