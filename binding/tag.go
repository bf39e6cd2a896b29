package binding

import (
	"fmt"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/internal/fieldline"
	"github.com/anygrain/anygrain/internal/gotype"
)

// places are the tags that say where a field of an In comes from.
var places = []Where{Path, Query, Head, Cookie, Form, Body}

// placeOf returns the part that the tags of a field name, "" when none does,
// and what is wrong with them.
func placeOf(sf gotype.Field) (where Where, name string, problem string) {
	for _, w := range places {
		tag, ok := sf.Tag.Lookup(string(w))
		switch {
		case !ok:
		case where != "":
			return where, name, fmt.Sprintf("has the tags %s and %s: a field comes from one place, so keep one", where, w)
		default:
			where, name = w, tag
		}
	}
	if _, ok := sf.Tag.Lookup(string(Status)); ok {
		return where, name, "has the tag status, which is for outputs: take it away"
	}
	name, problem = checkName(where, name)
	return where, name, problem
}

// checkName returns the name of a place in its canonical form.
func checkName(where Where, name string) (canonical, problem string) {
	switch {
	case where == "":
		return "", ""
	case where == Body && name != "":
		return "", fmt.Sprintf(`has body:%q, but body takes no name: write body:"" for the whole body, or only json:%q for a member of it`, name, name)
	case where == Body:
		return "", ""
	case name == "":
		return "", fmt.Sprintf(`has an empty %s tag: write the client's name, as in %s:"name"`, where, where)
	case strings.Contains(name, ","):
		return "", fmt.Sprintf("has %s:%q, but the tag takes a name without options: take the comma and what follows it away", where, name)
	case (where == Head || where == Cookie) && !fieldline.IsToken(name):
		return "", fmt.Sprintf("has %s:%q, which is no valid name there (RFC 9110 section 5.6.2): use letters, digits and -", where, name)
	case where == Head:
		return textproto.CanonicalMIMEHeaderKey(name), ""
	}
	return name, ""
}

// isRequired reports whether the rules of the field itself, not those of its
// elements, contain required.
func isRequired(rules string) bool {
	for rule := range strings.SplitSeq(rules, ",") {
		switch rule {
		case "required":
			return true
		case "dive":
			return false
		}
	}
	return false
}

func quote(s string) string { return strconv.Quote(s) }
