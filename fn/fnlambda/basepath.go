package fnlambda

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/anygrain/anygrain/fn/internal/pattern"
	"github.com/anygrain/anygrain/fn/internal/router"
)

// basePath finds the base path under which a custom domain mounts the API: what
// the path has in front of the route that the event names. It is "" when there is
// none, or when the two do not align.
func (e *event) basePath(path string) string {
	template := e.resource
	if !strings.HasPrefix(template, "/") {
		return ""
	}
	base := ""
	if e.format == rest {
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
func (e *event) baseOfREST(template, path string) string {
	head := strings.TrimSuffix(path, "/")
	if greedy(template) {
		slash := strings.LastIndexByte(template, '/')
		values := e.pathParameters.get(greedyName(template[slash+1:]))
		if len(values) == 0 {
			return ""
		}
		end, ok := cutGreedy(head, values[0])
		if !ok {
			return ""
		}
		template, head = template[:slash], head[:end]
	}
	return alignRight(template, head)
}

// greedyName takes the name out of "{rest+}".
func greedyName(segment string) string {
	return strings.TrimSuffix(strings.TrimPrefix(segment, "{"), "+}")
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
func (e *event) baseOfDecoded(template, path string) string {
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

// substitute writes the template with the event's path parameters in it; ok is
// false when one of them is not there.
func (o *origin) substitute(template string) (path string, ok bool) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		var name string
		name, template, _ = strings.Cut(rest, "}")
		values := o.pathParameters.get(strings.TrimSuffix(name, "+"))
		if len(values) == 0 {
			return "", false
		}
		b.WriteString(values[0])
	}
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

// findBelow looks for the route by the path as it came, with the base path in
// front: the app's own routes may have it. It goes before the cut path when only it
// finds something, or when its pattern is the more specific one, as in ServeMux.
func (v *invocation) findBelow(r *routes, method string) {
	m := &router.Match[*target]{}
	r.router().MatchInto(m, method, v.location.whole, v.query)
	if !wins(m, v.match, v.location.base) {
		return
	}
	v.match = m
	v.location.keepBase()
	v.request.Path = v.location.path
}

// wins reports whether the answer for the whole path is the better one. To be
// compared, the other pattern gets the base path in front, so that both are about
// the same path; on a tie the cut path is taken.
func wins(whole, cut *router.Match[*target], base string) bool {
	switch {
	case whole.Found && cut.Found:
		own := cut.Value.parsed
		below, err := pattern.Parse(strings.TrimSpace(own.Method + " " + base + own.Path))
		return err == nil && whole.Value.parsed.MoreSpecific(below)
	case whole.Found || cut.Found:
		return whole.Found
	}
	redirect := whole.Location != ""
	otherMethod := whole.Allow != ""
	return cut.Status == http.StatusNotFound && (redirect || otherMethod)
}
