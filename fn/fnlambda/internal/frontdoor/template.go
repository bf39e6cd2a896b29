package frontdoor

import (
	"net/url"
	"strings"
)

// Template is the path of a route in API Gateway's grammar: "/orders/{id}",
// "/{proxy+}".
type Template string

// Template returns the path of the route that the event names. It is "" for
// $default and for front doors without routes.
func (e *Event) Template() Template {
	template := e.resource
	if e.Format == HTTPAPI {
		_, template, _ = strings.Cut(e.routeKey, " ")
	}
	if !strings.HasPrefix(template, "/") {
		return ""
	}
	return Template(template)
}

// Greedy reports whether the template ends in {proxy+}.
func (t Template) Greedy() bool { return strings.HasSuffix(string(t), "+}") }

// cut cuts the template around its first wildcard.
func (t Template) cut() (before, name string, behind Template, found bool) {
	before, rest, found := strings.Cut(string(t), "{")
	name, after, _ := strings.Cut(rest, "}")
	return before, strings.TrimSuffix(name, "+"), Template(after), found
}

// Nameless empties the wildcards: the API may call {orderId} what the app calls {id}.
func (t Template) Nameless() Template {
	var b strings.Builder
	for {
		before, _, behind, found := t.cut()
		b.WriteString(before)
		if !found {
			return Template(b.String())
		}
		b.WriteString("{}")
		t = behind
	}
}

// substitute writes the template with the event's path parameters in it; ok is
// false when one of them is not there.
func (r *Request) substitute(t Template) (path string, ok bool) {
	var b strings.Builder
	for {
		before, name, behind, found := t.cut()
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		value, ok := r.pathParameters.first(name)
		if !ok {
			return "", false
		}
		b.WriteString(value)
		t = behind
	}
}

// PathValues appends the event's path parameters in the template's order, if
// the template makes the path of them: API Gateway sends /a/ to the route /a too,
// which ServeMux does not. A value that is a slash alone is no value to ServeMux.
// Where the event has the path as the client sent it, the path says all, and ok is false.
func (r *Request) PathValues(values []string, t Template, path string) (all []string, ok bool) {
	if !r.Format.DecodesPath() {
		return nil, false
	}
	made, ok := r.substitute(t)
	if decoded, err := url.PathUnescape(path); !ok || err != nil || decoded != made {
		return nil, false
	}
	for {
		_, name, behind, found := t.cut()
		if !found {
			return values, true
		}
		value, _ := r.pathParameters.first(name)
		if value == "/" {
			return nil, false
		}
		values = append(values, value)
		t = behind
	}
}
