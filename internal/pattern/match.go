package pattern

import "strings"

// Match holds a request's path, clean and still percent-encoded, against the
// pattern's path; the method is not considered. The decoded values of the
// wildcards are appended to values, in the order of Wildcards. When the path
// does not match, values comes back as it was.
//
// As in ServeMux each segment is decoded by itself, so that %2F stays inside
// its parameter, and a segment that is nothing but %2F counts as a trailing
// slash, which {name} does not match.
func (p *Pattern) Match(escapedPath string, values []string) ([]string, bool) {
	if !strings.HasPrefix(escapedPath, "/") {
		return values, false
	}
	matched, rest := values, escapedPath
	for _, s := range p.segments {
		if rest == "" {
			return values, false
		}
		if s.multi {
			return s.appendTo(matched, unescapeSegment(rest[1:])), true
		}
		var text string
		text, rest = nextSegment(rest)
		if !s.matches(text) {
			return values, false
		}
		matched = s.appendTo(matched, text)
	}
	if rest != "" {
		return values, false
	}
	return matched, true
}

// matches holds one decoded segment against a segment that is not multi.
func (s segment) matches(text string) bool {
	if s.wild {
		return text != "/"
	}
	return text == s.text
}

func (s segment) appendTo(values []string, text string) []string {
	if !s.named() {
		return values
	}
	return append(values, text)
}

// nextSegment cuts the first segment off a path that starts with a slash and
// decodes it. A slash with nothing behind it is the segment "/".
func nextSegment(path string) (text, rest string) {
	if path == "/" {
		return "/", ""
	}
	path = path[1:]
	if i := strings.IndexByte(path, '/'); i >= 0 {
		return unescapeSegment(path[:i]), path[i:]
	}
	return unescapeSegment(path), ""
}
