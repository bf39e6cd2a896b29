package frontdoor

import (
	"slices"
	"strings"
)

// Request is what stays of an event while its request is served: what is read
// only when somebody asks for it.
type Request struct {
	Format         Format
	header         multiFields
	cookies        []string // in the end the one value of a header
	pathParameters fields
	positions      positionBuffer
}

// Header returns the first value of a header, or "".
func (r *Request) Header(name string) string { return r.header.first(name) }

// HeaderValues returns the values of a header. They must not be changed.
func (r *Request) HeaderValues(name string) []string {
	if r.cookies != nil && strings.EqualFold(name, "Cookie") { // a Function URL has them in the header too
		return r.cookies
	}
	return r.header.get(name)
}

// HeaderNames lists the names that HeaderValues knows.
func (r *Request) HeaderNames() []string {
	names, _ := r.HeaderIndex()
	return names
}

// HeaderIndex returns the names, and HeaderValues for who asks for all of them.
func (r *Request) HeaderIndex() (names []string, valuesOf func(name string) []string) {
	names, values := r.header.index()
	if r.cookies != nil {
		names = slices.DeleteFunc(names, func(name string) bool { return strings.EqualFold(name, "Cookie") })
		names = append(names, "Cookie")
		values[folded("Cookie")] = r.cookies
	}
	return names, func(name string) []string { return values[folded(name)] }
}

// Authority is the Host header, or the front door's domain.
func (e *Event) Authority() string {
	if host := e.Header("Host"); host != "" {
		return host
	}
	return e.context.domainName
}

// Scheme is what the front door says in X-Forwarded-Proto. All but load
// balancers speak TLS alone.
func (e *Event) Scheme() string {
	switch proto := e.Header("X-Forwarded-Proto"); {
	case strings.EqualFold(proto, "http"), proto == "" && e.Format.LoadBalancer():
		return "http"
	default:
		return "https"
	}
}

// RemoteAddr is the client's address. A load balancer appends it to
// X-Forwarded-For; everything before that the client can have written itself.
func (e *Event) RemoteAddr() string {
	if !e.Format.LoadBalancer() {
		return e.context.sourceIP
	}
	values := e.header.get("X-Forwarded-For")
	if len(values) == 0 {
		return ""
	}
	last := values[len(values)-1]
	return strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
}
