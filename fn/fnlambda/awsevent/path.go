package awsevent

import (
	"fmt"
	"net/url"
	"strings"
)

// unescape decodes a path; one that is no valid encoding stays as it is.
func unescape(path string) string {
	if d, err := url.PathUnescape(path); err == nil {
		return d
	}
	return path
}

// inFront is what an HTTP API leaves in front of the path: its named stage.
func (r *Request) inFront() string {
	if r.Stage == "$default" {
		return ""
	}
	return "/" + r.Stage
}

// ofAWS reports whether the client came through the domain that AWS gives, in
// whose URLs a stage stands, and not through a custom one.
func (r *Request) ofAWS() bool {
	return r.BasePath == "" && strings.HasSuffix(r.Host, ".amazonaws.com")
}

// parameters finds the path parameters of the route. They are nil when there
// are none.
func (r *Request) parameters(f Format) (map[string]string, error) {
	if r.PathParameters != nil || r.Route == "" {
		return r.PathParameters, nil
	}
	path, _ := r.split()
	m := matching{rest: f == REST, encoded: f == REST && r.EncodedParameters, found: map[string]string{}}
	if !m.route(r.Route, path) {
		return nil, r.noMatch()
	}
	if len(m.found) == 0 {
		return nil, nil
	}
	return m.found, nil
}

// matching holds a path against a route.
type matching struct {
	rest    bool // a REST API: greedy parameters stay encoded
	encoded bool // named parameters do, too
	found   map[string]string
}

// route goes a segment at a time. A slash at the end of the path makes no
// difference but to a greedy parameter: API Gateway was seen to send /hello/ to the
// route /hello, and to leave the slash in the event's path.
func (m *matching) route(route, path string) bool {
	for template := strings.Trim(route, "/"); template != ""; {
		var segment, text string
		segment, template, _ = strings.Cut(template, "/")
		rest, ok := strings.CutPrefix(path, "/")
		if !ok {
			return false
		}
		if name, greedy := strings.CutSuffix(segment, "+}"); greedy {
			return template == "" && m.takeGreedy(strings.TrimPrefix(name, "{"), rest)
		}
		text, _, _ = strings.Cut(rest, "/")
		path = rest[len(text):]
		if !m.take(segment, text) {
			return false
		}
	}
	return path == "" || path == "/"
}

// takeGreedy takes the rest of the path, which is a segment at least. A REST API
// drops the slash at its end and decodes nothing.
func (m *matching) takeGreedy(name, rest string) bool {
	if m.rest {
		m.found[name] = strings.TrimSuffix(rest, "/")
	} else {
		m.found[name] = unescape(rest)
	}
	return m.found[name] != ""
}

// take holds one segment of a path against one of the route's.
func (m *matching) take(segment, text string) bool {
	name, parameter := strings.CutPrefix(segment, "{")
	if !parameter {
		return unescape(text) == segment
	}
	if !m.encoded {
		text = unescape(text)
	}
	m.found[strings.TrimSuffix(name, "}")] = text
	return text != ""
}

func (r *Request) noMatch() error {
	return fmt.Errorf("awsevent: Route %q does not match the path of the target; API Gateway would have chosen another, or $default (\"\")", r.Route)
}
