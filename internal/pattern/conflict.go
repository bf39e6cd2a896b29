package pattern

import "strings"

// relation says how the requests of one pattern lie to those of another, as
// two questions: does the first match anything that the second does not, and
// the other way round. It has no word for disjoint patterns; that is a bool
// beside it.
type relation struct {
	firstHasMore, secondHasMore bool
}

func (r relation) and(s relation) relation {
	return relation{r.firstHasMore || s.firstHasMore, r.secondHasMore || s.secondHasMore}
}

// Conflicts reports whether ServeMux would refuse to register both patterns:
// some requests match both, and neither pattern is more specific, which means
// that it matches a strict subset of the other's requests. The witness is one
// request that both match: "GET /orders/id".
func (p *Pattern) Conflicts(q *Pattern) (witness string, conflict bool) {
	method, methods, ok := commonMethod(p.Method, q.Method)
	if !ok {
		return "", false
	}
	path, paths, ok := commonPath(p.segments, q.segments)
	if !ok {
		return "", false
	}
	if r := methods.and(paths); r.firstHasMore != r.secondHasMore {
		return "", false
	}
	return method + " " + path, true
}

// MoreSpecific reports whether the pattern matches a strict subset of the
// requests that the other one does: the one that ServeMux prefers.
func (p *Pattern) MoreSpecific(q *Pattern) bool {
	_, methods, ok := commonMethod(p.Method, q.Method)
	if !ok {
		return false
	}
	_, paths, ok := commonPath(p.segments, q.segments)
	r := methods.and(paths)
	return ok && !r.firstHasMore && r.secondHasMore
}

// commonMethod returns a method that both take; ok is false when there is none.
func commonMethod(p, q string) (method string, r relation, ok bool) {
	switch {
	case p == q && p == "":
		return "GET", r, true
	case p == q:
		return p, r, true
	case p == "" || p == "GET" && q == "HEAD":
		return q, relation{firstHasMore: true}, true
	case q == "" || q == "GET" && p == "HEAD":
		return p, relation{secondHasMore: true}, true
	default:
		return "", r, false
	}
}

// commonPath returns a path that both match; ok is false when there is none.
func commonPath(p, q []segment) (path string, r relation, ok bool) {
	var b strings.Builder
	for len(p) > 0 && len(q) > 0 {
		s, sr, ok := commonSegment(p[0], q[0])
		if !ok {
			return "", r, false
		}
		r = r.and(sr)
		p, q = advance(p, len(q)), advance(q, len(p))
		writeSample(&b, s, len(p) == 0)
	}
	return b.String(), r, len(p) == 0 && len(q) == 0
}

// advance steps to the next segment. A multi wildcard stays as long as the
// other side has more than one segment left, because it matches all of them.
func advance(p []segment, other int) []segment {
	if p[0].multi && other > 1 {
		return p
	}
	return p[1:]
}

// commonSegment returns the more specific of two segments.
func commonSegment(p, q segment) (s segment, r relation, ok bool) {
	switch {
	case p.multi && q.multi, p.wild && q.wild && p.multi == q.multi, !p.wild && !q.wild && p.text == q.text:
		return p, r, true
	case p.multi, p.wild && !q.wild && q.text != "/":
		return q, relation{firstHasMore: true}, true
	case q.multi, q.wild && !p.wild && p.text != "/":
		return p, relation{secondHasMore: true}, true
	default:
		return s, r, false
	}
}

// writeSample writes text that the segment matches.
func writeSample(b *strings.Builder, s segment, last bool) {
	b.WriteByte('/')
	if s.multi || last && !s.wild && s.text == "/" {
		return
	}
	b.WriteString(escapeSegment(s.text))
}
