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

// parameters finds the path parameters of the route, decoded. They are nil when
// there are none.
func (r *Request) parameters(f Format) (map[string]string, error) {
	if r.PathParameters != nil || r.Route == "" {
		return r.PathParameters, nil
	}
	path, _ := r.split()
	found := map[string]string{}
	if !f.match(found, r.Route, path) {
		return nil, r.noMatch()
	}
	if len(found) == 0 {
		return nil, nil
	}
	return found, nil
}

// match holds the path against the route, a segment at a time. A slash at the
// end of the path makes no difference but to a greedy parameter.
func (f Format) match(found map[string]string, route, path string) bool {
	for template := strings.Trim(route, "/"); template != ""; {
		var segment, text string
		segment, template, _ = strings.Cut(template, "/")
		rest, ok := strings.CutPrefix(path, "/")
		if !ok {
			return false
		}
		if name, greedy := strings.CutSuffix(segment, "+}"); greedy {
			return template == "" && f.takeGreedy(found, strings.TrimPrefix(name, "{"), rest)
		}
		text, _, _ = strings.Cut(rest, "/")
		path = rest[len(text):]
		if !take(found, segment, unescape(text)) {
			return false
		}
	}
	return path == "" || path == "/"
}

// takeGreedy takes the rest of the path. A REST API drops the slash at its end
// and matches nothing less than a segment; an HTTP API was seen to match "".
func (f Format) takeGreedy(found map[string]string, name, rest string) bool {
	if f == REST {
		rest = strings.TrimSuffix(rest, "/")
	}
	found[name] = unescape(rest)
	return rest != "" || f.httpAPI()
}

// take holds one decoded segment of a path against one of the route's.
func take(found map[string]string, segment, text string) bool {
	if name, ok := strings.CutPrefix(segment, "{"); ok {
		found[strings.TrimSuffix(name, "}")] = text
		return text != ""
	}
	return text == segment
}

func (r *Request) noMatch() error {
	return fmt.Errorf("awsevent: Route %q does not match the path of the target; API Gateway would have chosen another, or $default (\"\")", r.Route)
}
