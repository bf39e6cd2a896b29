package binding

import (
	"net/textproto"
	"strings"
)

// readCookies takes the cookies that the In knows from the Cookie headers
// (RFC 6265 section 4.2). Where a name comes more than once, a field that is
// not a list gets the first: browsers send the one with the longest path first.
func (r *request) readCookies() {
	if len(r.codec.cookie) == 0 {
		return
	}
	line, _ := r.header("Cookie")
	for line != "" {
		var pair string
		pair, line, _ = strings.Cut(line, ";")
		r.readCookie(textproto.TrimString(pair))
	}
}

func (r *request) readCookie(pair string) {
	name, value, _ := strings.Cut(pair, "=")
	p := named(r.codec.cookie, textproto.TrimString(name))
	if p == nil || r.seen[p.order] > 0 && !p.text.List {
		return
	}
	value, ok := cookieValue(value)
	if !ok {
		r.malformed(p, p.at(r.seen[p.order]), "syntax", "must be a cookie value without control characters (RFC 6265 section 5.2)")
		r.seen[p.order]++
		return
	}
	r.give(p, value)
}

// cookieValue takes the quotes off a value. Browsers keep what scripts and other servers
// gave them, JSON for one, and send it as it is (RFC 6265 section 5), whatever the grammar
// for servers says; so all but control characters passes. Quotes belong to the value when
// there are others within.
func cookieValue(value string) (string, bool) {
	for i := range len(value) {
		if c := value[i]; c < ' ' && c != '\t' || c == 0x7f {
			return "", false
		}
	}
	if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
		if within := value[1 : len(value)-1]; strings.IndexByte(within, '"') < 0 {
			return within, true
		}
	}
	return value, true
}
