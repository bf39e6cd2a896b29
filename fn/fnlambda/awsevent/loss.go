package awsevent

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// Losses lists what the front door does not pass on of the request, a sentence
// each: differences that no function behind it can make up for. It is nil when
// everything arrives.
func Losses(format Format, r Request) []string {
	target, raw := r.split()
	return slices.Concat(r.headerLosses(format), queryLosses(format, raw), r.pathLosses(format, target))
}

// headerLosses: load balancers keep the last value. That payload 2.0 makes one of
// all is no loss, since it says the same (RFC 9110 section 5.3).
func (r *Request) headerLosses(f Format) []string {
	var losses []string
	header := lower(r.Header)
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if !utf8.ValidString(strings.Join(header[name], "")) {
			losses = append(losses, fmt.Sprintf("the header %s is not UTF-8, and its event is", name))
		}
		if len(header[name]) > 1 && f == ALB {
			losses = append(losses, fmt.Sprintf("of the header %s it passes on the last value alone", name))
		}
	}
	return losses
}

// queryLosses: load balancers keep the last value, payload 1.0 has it decoded.
func queryLosses(f Format, raw string) []string {
	var losses []string
	parameters := query(raw, verbatim)
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		values := parameters[name]
		switch {
		case f == ALB && len(values) > 1:
			losses = append(losses, fmt.Sprintf("of the query parameter %s it passes on the last value alone", name))
		case (f == REST || f == HTTPAPIv1) && !decodable(append(values, name)):
			losses = append(losses, fmt.Sprintf("the query parameter %s cannot be decoded", name))
		}
	}
	return losses
}

// decodable reports whether the texts of a query are well written; a semicolon
// is none of theirs, as in net/url.
func decodable(texts []string) bool {
	for _, text := range texts {
		if d, err := url.QueryUnescape(text); err != nil || !utf8.ValidString(d) || strings.Contains(text, ";") {
			return false
		}
	}
	return true
}

// pathLosses: HTTP APIs decode the path. What was a slash in a segment is told
// by the path parameters of a named route alone, unless it takes the rest of
// the path; what was a dot, by nothing.
func (r *Request) pathLosses(f Format, escaped string) []string {
	if !f.httpAPI() {
		return nil
	}
	upper := strings.ToUpper(escaped)
	d, err := url.PathUnescape(escaped)
	switch {
	case err != nil || !utf8.ValidString(d):
		return []string{"the path cannot be decoded"}
	case (r.Route == "" || strings.HasSuffix(r.Route, "+}")) && strings.Contains(upper, "%2F"):
		return []string{"it decodes %2F to a slash of the path"}
	case strings.Contains(upper, "%2E"):
		return []string{"it decodes %2E to a dot of the path, which may stand for a folder"}
	case r.Route != "" && unclean(d):
		return []string{"it does not tell an empty segment or a dot segment from an encoded one"}
	case strings.Contains(escaped, "%") && (unclean(escaped) || (&url.URL{Path: d, RawPath: escaped}).EscapedPath() != escaped):
		return []string{"it decodes the path, which was unclean or encoded oddly, so that other hosts encode it anew"}
	}
	return nil
}

// unclean reports whether a host redirects to another form of the path first.
func unclean(escaped string) bool {
	c := path.Clean(escaped)
	return c != escaped && c+"/" != escaped
}
