package frontdoor

import (
	"net/url"
	"strings"
)

// basePath finds the base path under which a custom domain mounts the API: what
// the path has in front of the route that the event names. It is "" when there is
// none, or when the two do not align.
func (e *Event) basePath(path string) string {
	template := Template(e.resource)
	if !strings.HasPrefix(e.resource, "/") {
		return ""
	}
	base := ""
	if e.Format == REST {
		base = e.baseOfREST(template, path)
	} else {
		base = e.baseOfDecoded(template, path)
	}
	if strings.Contains(base+"/", "//") {
		return "" // an empty segment is the client's, and to be cleaned away
	}
	return base
}

// baseOfREST: the path is as the client sent it, so that it has the segments of
// the route, behind the base path. Only what a greedy parameter takes must be
// cut off first.
func (e *Event) baseOfREST(template Template, path string) string {
	head := strings.TrimSuffix(path, "/")
	if template.Greedy() {
		slash := strings.LastIndexByte(string(template), '/')
		_, name, _, _ := template[slash:].cut()
		value, ok := e.pathParameters.first(name)
		if !ok {
			return ""
		}
		end, ok := cutGreedy(head, value)
		if !ok {
			return ""
		}
		template, head = template[:slash], head[:end]
	}
	return alignRight(string(template), head)
}

// cutGreedy finds where the slash in front of a greedy parameter's value stands
// in the path. The value is encoded, as live events have it, or decoded, as some
// stand-ins do; with the slash at its end, which the path here has lost, or without.
func cutGreedy(path, value string) (end int, ok bool) {
	for _, tail := range []string{"/" + value, "/" + strings.TrimSuffix(value, "/")} {
		if head, found := strings.CutSuffix(path, tail); found {
			return len(head), true
		}
		decoded, err := url.PathUnescape(path)
		if err != nil {
			return 0, false
		}
		if head, found := strings.CutSuffix(decoded, tail); found {
			end = encodedOffset(path, len(head))
			return end, path[end] == '/'
		}
	}
	return 0, false
}

// encodedOffset returns where the byte of the decoded path that stands at the
// offset begins in the encoded one, which is well-formed.
func encodedOffset(path string, offset int) int {
	at := 0
	for ; offset > 0; offset-- {
		if path[at] == '%' {
			at += len("%2F") - 1
		}
		at++
	}
	return at
}

// alignRight holds a template without a greedy parameter against the end of a
// path and returns what is left over on the left.
func alignRight(template, path string) string {
	extra := segments(path) - segments(template)
	if extra <= 0 {
		return ""
	}
	base, tail := cutSegments(path, extra)
	if segments(template) > 0 && !aligned(template, tail) {
		return ""
	}
	return base
}

// baseOfDecoded: an HTTP API has decoded the path and the parameters, so that the
// path ends in the route with the parameters put in. Nothing in the base path is
// ever encoded.
func (e *Event) baseOfDecoded(template Template, path string) string {
	tail, ok := e.substitute(template)
	decoded, err := url.PathUnescape(path)
	if !ok || err != nil {
		return ""
	}
	tail = strings.TrimSuffix(tail, "/")
	base, found := strings.CutSuffix(decoded, tail)
	if !found {
		base, found = strings.CutSuffix(strings.TrimSuffix(decoded, "/"), tail)
	}
	if !found {
		return ""
	}
	return strings.TrimSuffix(base, "/")
}

// segments counts the segments of a path; a slash at its end counts for nothing.
func segments(path string) int {
	path = strings.Trim(path, "/")
	if path == "" {
		return 0
	}
	return strings.Count(path, "/") + 1
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
