package pattern

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Mistake says what is wrong with a pattern that ServeMux takes, and that matches no
// request as whoever wrote it means it; nil when nothing is.
func Mistake(s string) error {
	method, path := splitMethod(s)
	if meant := methodMeant(method); meant != "" {
		return fmt.Errorf("the method %q is not one of HTTP, did you mean %s?", method, meant)
	}
	if strings.TrimSpace(path) != path || strings.ContainsFunc(path, unicode.IsControl) {
		return fmt.Errorf("the path %q ends with white space or has control characters: leave them out, or write them as in a URL, %%20 for a space", path)
	}
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		return fmt.Errorf("%q is no part of a path: leave it out, bind fields to the query by their tags (query:\"name\"), or write %%3F and %%23 for the characters", path[i:])
	}
	for segment := range strings.SplitSeq(path, "/") {
		switch name, colon := strings.CutPrefix(segment, ":"); {
		case colon && name != "" && isIdentifier(name):
			return fmt.Errorf("the segment %q matches only itself: write {%s} for a wildcard, or %%3A%[2]s for a colon", segment, name)
		case segment == "*":
			return fmt.Errorf("the segment %q matches only itself: write {rest...} for the rest of a path, {name} for one segment, or %%2A", segment)
		}
	}
	if rest, ok := strings.CutPrefix(path, Reserved); ok && (rest == "" || rest[0] == '/') {
		return fmt.Errorf("paths under %s/ are those of calls between units: choose another", Reserved)
	}
	return nil
}

// Reserved is the path below which servers take calls from other units (wire.Path).
const Reserved = "/.anygrain"

// standardMethods are those of RFC 9110 section 9 and RFC 5789.
var standardMethods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}

// methodMeant returns the standard method of which a method is a misspelling, "" for
// any other: a method can be any token.
func methodMeant(method string) string {
	if slices.Contains(standardMethods, method) || method == "" {
		return ""
	}
	for _, standard := range standardMethods {
		if strings.EqualFold(method, standard) || misspelt(method, standard) {
			return standard
		}
	}
	return ""
}

// misspelt reports whether a word has one letter more or less than a right one, or two of
// them changed about. The first is right: SET and READ are words of their own, as is PUB.
func misspelt(word, right string) bool {
	if word[0] != right[0] {
		return false
	}
	same := 0
	for same < len(word) && same < len(right) && word[same] == right[same] {
		same++
	}
	a, b := word[same:], right[same:]
	switch {
	case len(a) == len(b)+1:
		return a[1:] == b
	case len(a)+1 == len(b):
		return a == b[1:]
	case len(a) != len(b) || len(a) == 0:
		return false
	}
	return len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
}
