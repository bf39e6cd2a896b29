package binding

import "strings"

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
		r.faults.cannotRead(r.plan.query[0].order, string(Query), string(Query), "syntax", expectPairs)
	}
}

// scanPairs reads a query. One that needs no decoding, as most, needs no memory.
func scanPairs(raw string, pair func(name, value string)) bool {
	if strings.ContainsAny(raw, "%+;") {
		return decodePairs(raw, pair)
	}
	for raw != "" {
		var one string
		one, raw, _ = strings.Cut(raw, "&")
		if one == "" {
			continue
		}
		name, value, _ := strings.Cut(one, "=")
		pair(name, value)
	}
	return true
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
