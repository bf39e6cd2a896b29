package binding

import (
	"strings"

	"github.com/anygrain/anygrain/binding/internal/urlencoded"
)

// readQuery scans the query string once, against the names that the In
// knows. Other parameters pass, whatever they hold: trackers write what they like.
func (r *request) readQuery() {
	if len(r.codec.query) == 0 {
		return
	}
	raw := r.src.RawQuery()
	if urlencoded.Scan(raw, r.giveParameter) {
		return
	}
	for one := range strings.SplitSeq(raw, "&") { // one of them is malformed, and nothing was given
		if !urlencoded.Decode(one, r.giveParameter) {
			r.malformedParameter(one)
		}
	}
}

func (r *request) giveParameter(name, value string) {
	if p := named(r.codec.query, name); p != nil {
		r.giveInput(p, value)
	}
}

// malformedParameter reports a pair that cannot be decoded if it has the name of a field.
func (r *request) malformedParameter(pair string) {
	name, _, _ := strings.Cut(pair, "=")
	urlencoded.Decode(name, func(name, _ string) {
		if p := named(r.codec.query, name); p != nil {
			r.malformedPair(p)
		}
	})
}

// malformedPair reports a pair of a query or form that cannot be decoded.
func (r *request) malformedPair(p *inField) {
	if n := r.seen[p.order]; n == 0 || p.text.List {
		r.malformed(p, p.at(n), "syntax", expectEscaped)
	}
	r.seen[p.order]++
}

// named returns the field of that name, nil when there is none. An In has few
// enough of them that a map would not be faster.
func named(fields []*inField, name string) *inField {
	for _, p := range fields {
		if p.Name == name {
			return p
		}
	}
	return nil
}

const expectEscaped = "must have other characters as %XX: a semicolon as %3B, a percent sign as %25"
