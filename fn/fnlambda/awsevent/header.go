package awsevent

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// hopByHop are the fields of a connection, which ends at the front door (RFC
// 9110 section 7.6.1). A load balancer passes Connection on, as its samples show.
// The host has its own list (internal/fieldline), which must not be this one.
var hopByHop = []string{"Connection", "Keep-Alive", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade"}

// header returns the client's header with what the front door adds to it.
// Names are spelt as the client did.
func (r *Request) header(f Format) http.Header {
	h := http.Header{}
	for name, values := range r.Header {
		if f.passes(http.CanonicalHeaderKey(name)) {
			h[name] = trimmed(values)
		}
	}
	put(h, "Host", r.Host)
	put(h, "X-Forwarded-Proto", r.Scheme)
	put(h, "X-Forwarded-Port", port(r.Scheme))
	put(h, "X-Forwarded-For", r.forwardedFor(f))
	if !has(h, "X-Amzn-Trace-Id") {
		put(h, "X-Amzn-Trace-Id", r.TraceID)
	}
	if f.httpAPI() || len(r.Body) > 0 && f != REST {
		put(h, "Content-Length", strconv.Itoa(len(r.Body)))
	}
	return h
}

// trimmed takes the space around each value away: it is no part of it (RFC 9110
// section 5.5), and front doors have no more of it than other servers.
func trimmed(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strings.Trim(v, " \t")
	}
	return out
}

// passes says whether the front door passes a field of the client's on as it is.
func (f Format) passes(name string) bool {
	if f.alb() && name == "Connection" {
		return true
	}
	return name != "Content-Length" && !slices.Contains(hopByHop, name)
}

// forwardedFor appends the peer's address to what the client claims. A function
// URL believes no claims.
func (r *Request) forwardedFor(f Format) string {
	var addresses []string
	if f != FunctionURL {
		addresses = values(r.Header, "X-Forwarded-For")
	}
	return strings.Join(append(addresses, r.RemoteAddr), ", ")
}

func port(scheme string) string {
	if scheme == "http" {
		return "80"
	}
	return "443"
}

// put replaces a field, however it is spelt.
func put(h http.Header, name, value string) {
	for other := range h {
		if strings.EqualFold(other, name) {
			delete(h, other)
		}
	}
	h[name] = []string{value}
}

func has(h http.Header, name string) bool { return len(values(h, name)) > 0 }

// values returns the values of a field, however it is spelt.
func values(h http.Header, name string) []string {
	var all []string
	for _, other := range slices.Sorted(maps.Keys(h)) {
		if strings.EqualFold(other, name) {
			all = append(all, h[other]...)
		}
	}
	return all
}

// lower writes all names in lower case.
func lower(h http.Header) map[string][]string {
	out := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		key := strings.ToLower(name)
		out[key] = append(out[key], h[name]...)
	}
	return out
}

// capitals are the names that an HTTP API writes in canonical form in payload
// 1.0, and all others in lower case (seen).
var capitals = []string{
	"Content-Length", "Content-Type", "Host", "User-Agent",
	"X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto",
}

// v1Names changes names in lower case to those of an HTTP API's payload 1.0.
func v1Names(h map[string][]string) map[string][]string {
	for _, name := range capitals {
		if values, ok := h[strings.ToLower(name)]; ok {
			delete(h, strings.ToLower(name))
			h[name] = values
		}
	}
	return h
}

// lasts keeps the last value of each name.
func lasts(multi map[string][]string) map[string]string {
	return mapValues(multi, last)
}

// joined makes one value of all those of a name. Cookies have a separator of
// their own (RFC 9113 section 8.2.3).
func joined(multi map[string][]string) map[string]string {
	out := mapValues(multi, func(values []string) string { return strings.Join(values, ",") })
	if cookies := multi["cookie"]; len(cookies) > 1 {
		out["cookie"] = strings.Join(cookies, "; ")
	}
	return out
}

func mapValues(multi map[string][]string, one func([]string) string) map[string]string {
	if multi == nil {
		return nil
	}
	out := make(map[string]string, len(multi))
	for name, values := range multi {
		if len(values) > 0 {
			out[name] = one(values)
		}
	}
	return out
}

// cookies lists the pairs of the Cookie fields, as they are.
func cookies(h http.Header) []string {
	var pairs []string
	for _, field := range values(h, "Cookie") {
		for pair := range strings.SplitSeq(field, ";") {
			if pair = strings.TrimSpace(pair); pair != "" {
				pairs = append(pairs, pair)
			}
		}
	}
	return pairs
}
