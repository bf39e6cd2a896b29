// Package pattern speaks the grammar of fn.Route: the patterns of net/http's
// ServeMux without a host.
//
//	[METHOD ]/literal/{name}/{rest...}
//	[METHOD ]/literal/{$}
//	[METHOD ]/literal/
//
// The package is separate from net/http so that a function can be declared, and
// a conflict between two routes reported, in a program that never serves HTTP.
// Its tests hold it to ServeMux itself. Two differences are wanted: a host is
// refused, and so is an unclean path ("//a", "/a/../b") without a method, which
// ServeMux takes because a CONNECT request could match it.
package pattern

import (
	"net/url"
	"strings"
)

// Pattern is a parsed route pattern. It is immutable.
type Pattern struct {
	// Method is the HTTP method, "" for any. GET matches HEAD too.
	Method string
	// Path is the path in canonical form, without the method.
	Path string

	segments []segment
}

// segment is one piece of the path in ServeMux's own representation, whose
// corners are part of the grammar:
//
//   - a path that ends in a slash ends in a nameless multi wildcard;
//   - {$} is the literal "/", and so is %2F, in patterns and in requests.
type segment struct {
	text  string // the decoded literal, or the wildcard's name
	wild  bool
	multi bool
}

// Segment is one piece of a pattern for those who write routes in another
// grammar (OpenAPI, API Gateway). Exactly one of Literal, Wildcard and End is
// set, except for the nameless multi wildcard of a trailing slash, which has
// Multi alone.
type Segment struct {
	Literal  string // decoded text
	Wildcard string // name of {name} or {name...}
	Multi    bool   // the rest of the path, slashes included; always last
	End      bool   // {$}: the path ends here, with a slash
}

// String returns the canonical form: one space after the method, literals
// percent-encoded where they need it. Parsing it gives an equal pattern.
func (p *Pattern) String() string {
	if p.Method == "" {
		return p.Path
	}
	return p.Method + " " + p.Path
}

// Wildcards returns the names of the wildcards in order, "rest" for {rest...}.
func (p *Pattern) Wildcards() []string {
	var names []string
	for _, s := range p.segments {
		if s.named() {
			names = append(names, s.text)
		}
	}
	return names
}

// Segments returns the pieces of the path in order.
func (p *Pattern) Segments() []Segment {
	out := make([]Segment, len(p.segments))
	for i, s := range p.segments {
		out[i] = p.public(i, s)
	}
	return out
}

func (p *Pattern) public(i int, s segment) Segment {
	switch {
	case s.wild:
		return Segment{Wildcard: s.text, Multi: s.multi}
	case s.text == "/" && i == len(p.segments)-1:
		return Segment{End: true}
	default:
		return Segment{Literal: s.text}
	}
}

func (s segment) named() bool { return s.wild && s.text != "" }

// writePath writes the canonical form of the segments.
func writePath(segments []segment) string {
	var b strings.Builder
	for i, s := range segments {
		b.WriteByte('/')
		switch {
		case s.multi && s.text == "": // a trailing slash
		case s.multi:
			b.WriteString("{" + s.text + "...}")
		case s.wild:
			b.WriteString("{" + s.text + "}")
		case s.text == "/" && i == len(segments)-1:
			b.WriteString("{$}")
		default:
			b.WriteString(escapeSegment(s.text))
		}
	}
	return b.String()
}

// escapeSegment writes text as one path segment that no cleaning of paths changes.
func escapeSegment(text string) string {
	switch text {
	case ".":
		return "%2E"
	case "..":
		return "%2E%2E"
	}
	return url.PathEscape(text)
}

// unescapeSegment decodes a segment; one with an invalid escape stands for itself.
func unescapeSegment(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}
