package binding

import "strings"

// readQuery scans the query string once, against the names that the plan
// knows. Other parameters pass, whatever they hold: trackers write what they like.
func (r *request) readQuery() {
	if len(r.plan.query) == 0 {
		return
	}
	raw := r.src.RawQuery()
	if scanPairs(raw, r.giveParameter) {
		return
	}
	for one := range strings.SplitSeq(raw, "&") { // one of them is malformed, and nothing was given
		if !decodePairs(one, r.giveParameter) {
			r.malformedParameter(one)
		}
	}
}

func (r *request) giveParameter(name, value string) {
	if p := named(r.plan.query, name); p != nil {
		r.giveInput(p, value)
	}
}

// malformedParameter reports a pair that cannot be decoded if it has the name of a part.
func (r *request) malformedParameter(pair string) {
	name, _, _ := strings.Cut(pair, "=")
	decodePairs(name, func(name, _ string) {
		if p := named(r.plan.query, name); p != nil {
			r.malformedPair(p)
		}
	})
}

// malformedPair reports a pair of a query or form that cannot be decoded.
func (r *request) malformedPair(p *part) {
	if n := r.seen[p.order]; n == 0 || p.text.list {
		r.malformed(p, p.at(n), "syntax", expectEscaped)
	}
	r.seen[p.order]++
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
