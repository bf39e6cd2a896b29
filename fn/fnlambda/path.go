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
	if l.strip(basePath) || !e.format.decodedMaps() {
		return l
	}
	if base := basePathOf(e.resource, l.path, e.pathParameters.get("proxy")); !strings.Contains(base+"/", "//") {
		l.strip(base) // an empty segment is the client's, and to be cleaned away
	}
	return l
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

// segments counts the segments of a path; a slash at its end counts for nothing.
func segments(path string) int {
	path = strings.Trim(path, "/")
	if path == "" {
		return 0
	}
	return strings.Count(path, "/") + 1
}

// basePathOf aligns the resource with the path from the right; what is left
// over on the left is the base path under which a custom domain mounts the API.
// It is "" when they do not align. The proxy is the value of {proxy+}.
func basePathOf(template, path string, proxy []string) string {
	switch {
	case !strings.HasPrefix(template, "/"):
		return ""
	case greedy(template):
		return baseOfProxy(template, path, proxy)
	}
	extra := segments(path) - segments(template)
	if extra <= 0 {
		return ""
	}
	base, rest := cutSegments(path, extra)
	if !aligned(template, rest) {
		return ""
	}
	return base
}

// baseOfProxy takes the value of {proxy+} and the literal in front of it off
// the end of the path. A base path itself is never percent-encoded, so that
// the decoded path has it as it is.
func baseOfProxy(template, path string, proxy []string) string {
	decoded, err := url.PathUnescape(path)
	if err != nil || len(proxy) == 0 {
		return ""
	}
	literal := template[:strings.LastIndexByte(template, '/')]
	tail := literal + "/" + strings.Trim(proxy[0], "/")
	base, ok := strings.CutSuffix(strings.TrimSuffix(decoded, "/"), tail)
	if !ok {
		return ""
	}
	return base
}

// cutSegments cuts a path behind its first n segments.
func cutSegments(path string, n int) (first, rest string) {
	end := 0
	for ; n > 0; n-- {
		next := strings.IndexByte(path[end+1:], '/')
		if next < 0 {
			return path, ""
		}
		end += 1 + next
	}
	return path[:end], path[end:]
}

// aligned holds a path against a template segment by segment.
func aligned(template, path string) bool {
	path = strings.Trim(path, "/")
	for want := range strings.SplitSeq(strings.Trim(template, "/"), "/") {
		var got string
		got, path, _ = strings.Cut(path, "/")
		if strings.HasPrefix(want, "{") {
			continue
		}
		if decoded, err := url.PathUnescape(got); err != nil || decoded != want {
			return false
		}
	}
	return true
}
