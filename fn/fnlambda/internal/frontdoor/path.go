package frontdoor

import (
	"net/url"
	"strings"
)

// Location is where a request goes: the path that the routes know, and what
// the client has in front of it, a stage or a custom domain's base path.
type Location struct {
	Path   string // percent-encoded
	Before string // percent-encoded, "" or "/v1"

	Cut *Cut // nil when no base path was cut off
}

// Cut is how a path came from which the base path was cut off.
type Cut struct {
	Whole string // the path with the base path
	Base  string // which is the end of Before
}

// Locate finds the path under which the app knows the request.
func (e *Event) Locate(basePath string) Location {
	l := Location{Path: e.escapedPath()}
	switch {
	case e.Format == REST:
		l.Before = e.restStage()
	case e.Format.DecodesPath():
		l.strip(e.stageInPath(l.Path))
	}
	if !l.cutBase(basePath) && e.Format.decodedMaps() {
		l.cutBase(e.basePath(l.Path))
	}
	return l
}

// cutBase takes the base path off, and remembers how the path came.
func (l *Location) cutBase(base string) bool {
	whole := l.Path
	if !l.strip(base) {
		return false
	}
	l.Cut = &Cut{whole, base}
	return true
}

// KeepBase undoes cutBase: the app's own route has the base path.
func (l *Location) KeepBase() {
	l.Path, l.Before = l.Cut.Whole, strings.TrimSuffix(l.Before, l.Cut.Base)
	l.Cut = nil
}

// strip moves a prefix of whole segments out of the path.
func (l *Location) strip(prefix string) bool {
	if prefix == "" || !strings.HasPrefix(l.Path, prefix) {
		return false
	}
	rest := l.Path[len(prefix):]
	if rest != "" && rest[0] != '/' {
		return false
	}
	l.Before, l.Path = l.Before+prefix, rest
	if rest == "" {
		l.Path = "/"
	}
	return true
}

// escapedPath returns the path of the event, percent-encoded. An HTTP API has
// decoded it, so that a percent sign in it is one: it is encoded again. What was
// %2F there is a slash now and stays one. The others leave it as the client sent it.
func (e *Event) escapedPath() string {
	path := e.path
	if e.Format.Payload2() {
		path = e.rawPath
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if e.Format.DecodesPath() {
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
func (e *Event) restStage() string {
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
func (e *Event) stageInPath(path string) string {
	stage := e.context.stage
	if stage == "" || stage == "$default" {
		return ""
	}
	if t := e.Template(); t != "" && !t.Greedy() && segments(string(t)) == segments(path) {
		return ""
	}
	return "/" + stage
}
