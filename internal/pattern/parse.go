package pattern

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/anygrain/anygrain/internal/fieldline"
)

// Parse parses a pattern. The error says what is wrong, at which byte offset,
// and what is expected there.
func Parse(s string) (*Pattern, error) {
	if s == "" {
		return nil, errors.New(`the pattern is empty: expected a path with or without a method, such as "GET /orders/{id}"`)
	}
	method, rest := splitMethod(s)
	off := len(s) - len(rest)
	if err := checkMethod(method); err != nil {
		return nil, failure(s, 0, err)
	}
	if err := checkPath(method, rest); err != nil {
		return nil, failure(s, off, err)
	}
	segments, at, err := parseSegments(rest)
	if err != nil {
		return nil, failure(s, off+at, err)
	}
	return &Pattern{Method: method, Path: writePath(segments), segments: segments}, nil
}

func failure(s string, offset int, err error) error {
	return fmt.Errorf("pattern %q at offset %d: %w", s, offset, err)
}

// splitMethod cuts the method and the white space behind it.
func splitMethod(s string) (method, rest string) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return "", s
	}
	return s[:i], strings.TrimLeft(s[i:], " \t")
}

func checkMethod(method string) error {
	if strings.HasPrefix(method, "/") {
		return fmt.Errorf("a path cannot contain white space: expected a method before it, or %%20 in the path")
	}
	for i := range len(method) {
		if !fieldline.IsTokenByte(method[i]) {
			return fmt.Errorf("the method %q contains %q: expected a method such as GET, then a space and a path", method, method[i])
		}
	}
	return nil
}

// checkPath checks what concerns the path as a whole.
func checkPath(method, p string) error {
	slash := strings.IndexByte(p, '/')
	switch {
	case p == "":
		return errors.New(`a path is missing: expected one that starts with a slash, such as "/orders"`)
	case slash < 0 && method == "" && p == strings.ToUpper(p) && !strings.ContainsAny(p, "{}"):
		return fmt.Errorf("a path is missing after the method %s: expected %q", p, p+" /")
	case slash < 0 || strings.HasPrefix(p, "{"):
		return fmt.Errorf("the path %q has no slash in front: expected %q", p, "/"+p)
	case slash > 0:
		return fmt.Errorf("routes have no host, and %q stands before the path %q: leave it out, or write %q if it is part of the path", p[:slash], p[slash:], "/"+p)
	}
	if c := clean(p); c != p && method != "CONNECT" {
		return fmt.Errorf("the path %q is unclean and can never match, because hosts clean the paths of requests first: expected %q", p, c)
	}
	return nil
}

// clean returns p as ServeMux cleans it: no empty segments, no dot segments,
// a slash at the end kept.
func clean(p string) string {
	c := path.Clean(p)
	if strings.HasSuffix(p, "/") && c != "/" {
		c += "/"
	}
	return c
}

// parseSegments parses a path that starts with a slash. at is the offset of an error.
func parseSegments(p string) (segments []segment, at int, err error) {
	names := []string{}
	for rest := p; rest != ""; {
		text, tail, more := strings.Cut(rest[1:], "/")
		at = len(p) - len(rest) + 1
		if more {
			tail = "/" + tail
		}
		s, skip, err := parseSegment(text, tail != "")
		if err != nil {
			return nil, at + skip, err
		}
		if s.named() {
			if slices.Contains(names, s.text) {
				return nil, at + 1, fmt.Errorf("the wildcard name %q is there twice: expected a different name for each", s.text)
			}
			names = append(names, s.text)
		}
		segments = append(segments, s)
		rest = tail
	}
	return segments, 0, nil
}

// parseSegment parses the text between two slashes; more says that a slash
// follows. at is the offset of an error within the text.
func parseSegment(text string, more bool) (s segment, at int, err error) {
	open := strings.IndexByte(text, '{')
	switch {
	case text == "" && !more:
		return segment{wild: true, multi: true}, 0, nil
	case open < 0:
		return segment{text: unescapeSegment(text)}, 0, nil
	case open > 0:
		return s, open, fmt.Errorf("the wildcard in %q is only a part of its segment: expected one between two slashes, as in /{name}/, or %%7B for a literal brace", text)
	case !strings.HasSuffix(text, "}"):
		return s, len(text), fmt.Errorf("the wildcard %q does not end in a brace: expected {name}, {name...} or {$} as a whole segment", text)
	}
	s, err = parseWildcard(text[1:len(text)-1], more)
	return s, 1, err
}

// parseWildcard parses what stands between the braces.
func parseWildcard(inner string, more bool) (segment, error) {
	name, multi := strings.CutSuffix(inner, "...")
	switch {
	case inner == "$" && more:
		return segment{}, errors.New("{$} is the end of a path: expected nothing behind it")
	case inner == "$":
		return segment{text: "/"}, nil
	case multi && more:
		return segment{}, fmt.Errorf("the wildcard {%s} takes the rest of the path: expected nothing behind it, or {%s}", inner, name)
	case name == "":
		return segment{}, errors.New("the wildcard has no name: expected {name}, {name...} or {$}")
	case !isIdentifier(name):
		return segment{}, fmt.Errorf("the wildcard name %q is not a Go identifier: expected letters, digits and underscores, a digit not first", name)
	}
	return segment{text: name, wild: true, multi: multi}, nil
}

func isIdentifier(name string) bool {
	for i, c := range name {
		if !unicode.IsLetter(c) && c != '_' && (i == 0 || !unicode.IsDigit(c)) {
			return false
		}
	}
	return true
}
