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
func (r *Request) parameters() (map[string]string, error) {
	if r.PathParameters != nil || r.Route == "" {
		return r.PathParameters, nil
	}
	path, _ := r.split()
	found := map[string]string{}
	rest := strings.Trim(path, "/")
	for template := strings.Trim(r.Route, "/"); template != ""; {
		var segment, text string
		segment, template, _ = strings.Cut(template, "/")
		if name, ok := strings.CutSuffix(segment, "+}"); ok {
			found[strings.TrimPrefix(name, "{")] = unescape(rest)
			return found, nil
		}
		text, rest, _ = strings.Cut(rest, "/")
		if !take(found, segment, unescape(text)) {
			return nil, r.noMatch()
		}
	}
	if rest != "" {
		return nil, r.noMatch()
	}
	if len(found) == 0 {
		return nil, nil
	}
	return found, nil
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
