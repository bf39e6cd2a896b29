package fnlambda

import (
	"net/url"
	"strings"
)

// location is where a request goes: the path that the routes know, and what
// the client has in front of it, a stage or a custom domain's base path.
type location struct {
	path   string // percent-encoded
	before string // percent-encoded, "" or "/v1"

	whole string // the path with the base path, "" when there is none
	base  string // the base path, which is the end of before
}

// locate finds the path under which the app knows the request.
func (e *event) locate(basePath string) location {
	l := location{path: e.escapedPath()}
	switch {
	case e.format == rest:
		l.before = e.restStage()
	case e.format == httpV2 || e.format == httpV1:
		l.strip(e.stageInPath(l.path))
	}
	if !l.cutBase(basePath) && e.format.decodedMaps() {
		l.cutBase(e.basePath(l.path))
	}
	return l
}

// cutBase takes the base path off, and remembers how the path came.
func (l *location) cutBase(base string) bool {
	whole := l.path
	if !l.strip(base) {
		return false
	}
	l.whole, l.base = whole, base
	return true
}

// keepBase undoes cutBase: the app's own route has the base path.
func (l *location) keepBase() {
	l.path, l.before = l.whole, strings.TrimSuffix(l.before, l.base)
	l.whole, l.base = "", ""
}

// strip moves a prefix of whole segments out of the path.
func (l *location) strip(prefix string) bool {
	if prefix == "" || !strings.HasPrefix(l.path, prefix) {
		return false
	}
	rest := l.path[len(prefix):]
	if rest != "" && rest[0] != '/' {
		return false
	}
	l.before, l.path = l.before+prefix, rest
	if rest == "" {
		l.path = "/"
	}
	return true
}

// escapedPath returns the path of the event, percent-encoded. An HTTP API has
// decoded it, so that a percent sign in it is one: it is encoded again. What was
// %2F there is a slash now and stays one. The others leave it as the client sent it.
func (e *event) escapedPath() string {
	path := e.path
	if e.format.v2() {
		path = e.rawPath
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if e.format == httpV1 || e.format == httpV2 {
		return escapePath(path)
	}
	return path
}

// escapePath percent-encodes a decoded path.
func escapePath(path string) string {
	for i := range len(path) {
		if !plainInPath[path[i]] {
			return (&url.URL{Path: path}).EscapedPath()
		}
	}
	return path
}

// plainInPath has the bytes that are the same encoded and decoded.
var plainInPath = func() (set [256]bool) {
	for c := byte('a'); c <= 'z'; c++ {
		set[c], set[c-'a'+'A'] = true, true
	}
	for _, c := range []byte("0123456789/-._~") {
		set[c] = true
	}
	return set
}()

// restStage is what requestContext.path has in front of path: the stage of a
// REST API under its own domain. It is not part of path.
func (e *event) restStage() string {
	before, ok := strings.CutSuffix(e.context.path, e.path)
	if !ok || e.path == "" {
		return ""
	}
	return strings.TrimSuffix(before, "/")
}

// stageInPath returns the named stage that an HTTP API leaves in the path:
// "/prod". When the path has as many segments as the route that the event
// names, the stage is not in it (a custom domain), and a first segment that
// reads like it belongs to the route.
func (e *event) stageInPath(path string) string {
	stage := e.context.stage
	if stage == "" || stage == "$default" {
		return ""
	}
	if t := e.template(); t != "" && !greedy(t) && segments(t) == segments(path) {
		return ""
	}
	return "/" + stage
}

// template returns the path of the route that the event names, in API
// Gateway's grammar: "/orders/{id}", "/{proxy+}". It is "" for $default and for
// front doors without routes.
func (e *event) template() string {
	template := e.resource
	if e.format == httpV2 {
		_, template, _ = strings.Cut(e.routeKey, " ")
	}
	if !strings.HasPrefix(template, "/") {
		return ""
	}
	return template
}

// greedy reports whether the template ends in {proxy+}.
func greedy(template string) bool { return strings.HasSuffix(template, "+}") }
