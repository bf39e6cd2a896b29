package fnlambda

import (
	"io"
	"net/url"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/internal/router"
)

// invocation is one event of a front door as a request: the binding.Source,
// and the fn.Request around it. It is not used again, since a function that
// missed its deadline may still read it.
type invocation struct {
	raw      rawEvent
	origin   origin
	request  fn.Request
	location location
	query    string
	body     []byte

	target *target // the route that the event names
	values []string
	few    [4]string              // room for values
	match  *router.Match[*target] // the router's answer, when the event names none
}

// PathValue implements binding.Source.
func (v *invocation) PathValue(name string) string {
	switch {
	case v.match != nil:
		return v.match.PathValue(name)
	case v.target == nil:
		return ""
	}
	for i, n := range v.target.names {
		if n == name {
			return v.values[i]
		}
	}
	return ""
}

// RawQuery implements binding.Source.
func (v *invocation) RawQuery() string { return v.query }

// HeaderValues implements binding.Source.
func (v *invocation) HeaderValues(name string) []string { return v.origin.headerValues(name) }

// HeaderNames lists the names that HeaderValues knows, for mounted http.Handlers.
func (v *invocation) HeaderNames() []string { return v.origin.headerNames() }

// HeaderIndex returns HeaderNames, and HeaderValues for who asks for all of them.
func (v *invocation) HeaderIndex() (names []string, valuesOf func(name string) []string) {
	return v.origin.headerIndex()
}

// Body implements binding.Source.
func (v *invocation) Body() io.Reader {
	if len(v.body) == 0 {
		return nil
	}
	return &body{data: v.body}
}

// prepare puts the event, which has been read from the text, into the terms of HTTP.
func (v *invocation) prepare(e *event, text, basePath string) {
	v.raw = rawEvent{text, e.format}
	v.location, v.query = e.locate(basePath), e.queryString()
	r := &v.request // field by field: it is too large to be copied for nothing
	r.Trigger, r.Host = fn.TriggerHTTP, host
	r.Method, r.Path = e.method, v.location.path
	r.Authority, r.Scheme, r.RemoteAddr = e.authority(), e.scheme(), e.remoteAddr()
	r.Source, r.Native = v, &v.raw
}

// find looks for the route, first by the name that the event has for it.
func (v *invocation) find(r *routes, e *event) (*target, string) {
	template := e.template()
	if t := r.byName(e.method, template); t != nil && v.wellFormed() && v.take(t, template) {
		return t, t.pattern
	}
	v.match = &router.Match[*target]{}
	r.router().MatchInto(v.match, e.method, v.location.path, v.query)
	if v.location.whole != "" {
		v.findBelow(r, e.method)
	}
	if !v.match.Found {
		return nil, ""
	}
	return v.match.Value, v.match.Pattern
}

// wellFormed reports whether the path is as a router wants it: clean, and encoded
// as net/url would. To others the router has the answer of every host: it refuses
// them, or redirects to the clean path, whatever route API Gateway took them for.
// An HTTP API decodes the path, where what looks wrong may have been encoded.
func (v *invocation) wellFormed() bool {
	path := v.location.path
	if f := v.origin.format; f != httpV1 && f != httpV2 {
		return router.Plain(path)
	}
	if strings.IndexByte(path, '%') < 0 {
		return true
	}
	_, err := url.PathUnescape(path)
	return err == nil
}

// take fills the values of the route's wildcards: from the path, where %2F is
// still distinct from a slash, or from the event's own parameters when the path
// does not have the route's form (an HTTP API has decoded %2F). A route that has
// the base path itself is found by the whole path.
func (v *invocation) take(t *target, template string) bool {
	if v.takeAt(v.location.path, t, template) {
		return true
	}
	if v.location.whole == "" || !v.takeAt(v.location.whole, t, template) {
		return false
	}
	v.location.keepBase()
	v.request.Path = v.location.path
	return true
}

func (v *invocation) takeAt(path string, t *target, template string) bool {
	values, ok := t.parsed.Match(path, v.few[:0])
	if !ok {
		values, ok = v.eventValues(path, template)
	}
	if !ok || len(values) != len(t.names) {
		return false
	}
	v.target, v.values = t, values
	return true
}

// eventValues returns the event's path parameters in the template's order, if
// the template makes the path of them: API Gateway sends /a/ to the route /a too,
// which ServeMux does not. A value that is a slash alone is no value to ServeMux.
func (v *invocation) eventValues(path, template string) ([]string, bool) {
	if f := v.origin.format; f != httpV1 && f != httpV2 {
		return nil, false // the path has all that there is to know
	}
	made, ok := v.origin.substitute(template)
	if decoded, err := url.PathUnescape(path); !ok || err != nil || decoded != made {
		return nil, false
	}
	values := v.few[:0]
	for _, name := range wildcards(template) {
		value := v.origin.pathParameters.get(name)[0]
		if value == "/" {
			return nil, false
		}
		values = append(values, value)
	}
	return values, true
}

// authority is the Host header, or the front door's domain.
func (e *event) authority() string {
	if host := e.header.first("Host"); host != "" {
		return host
	}
	return e.context.domainName
}

// scheme is what the front door says in X-Forwarded-Proto. All but load
// balancers speak TLS alone.
func (e *event) scheme() string {
	switch proto := e.header.first("X-Forwarded-Proto"); {
	case strings.EqualFold(proto, "http"), proto == "" && e.format.alb():
		return "http"
	default:
		return "https"
	}
}

// remoteAddr is the client's address. A load balancer appends it to
// X-Forwarded-For; everything before that the client can have written itself.
func (e *event) remoteAddr() string {
	if !e.format.alb() {
		return e.context.sourceIP
	}
	values := e.header.get("X-Forwarded-For")
	if len(values) == 0 {
		return ""
	}
	last := values[len(values)-1]
	return strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
}
