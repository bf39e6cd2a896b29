package model

import (
	"fmt"
	"net/textproto"
	"strings"

	"github.com/anygrain/anygrain/internal/fieldline"
	"github.com/anygrain/anygrain/internal/gotype"
)

// The tags that place a field of an In, one of an Out, and one of either.
var (
	inputPlaces  = []Place{InPath, InQuery, InHeader, InCookie, InForm, InBody}
	outputPlaces = []Place{InHeader, InCookie, InStatus, InBody}
	allPlaces    = []Place{InPath, InQuery, InHeader, InCookie, InForm, InBody, InStatus}
)

// placeOf returns the part that the tags of a field name, "" when none does,
// and what is wrong with them.
func placeOf(sf gotype.Field) (place Place, name string, problem string) {
	for _, other := range inputPlaces {
		tag, ok := sf.Tag.Lookup(string(other))
		switch {
		case !ok:
		case place != "":
			return place, name, fmt.Sprintf("has the tags %s and %s: a field comes from one place, so keep one", place, other)
		default:
			place, name = other, tag
		}
	}
	if _, ok := sf.Tag.Lookup(string(InStatus)); ok {
		return place, name, "has the tag status, which is for outputs: take it away"
	}
	name, problem = checkName(place, name)
	return place, name, problem
}

// checkName returns the name of a place in its canonical form.
func checkName(place Place, name string) (canonical, problem string) {
	switch {
	case place == "":
		return "", ""
	case place == InBody && name != "":
		return "", fmt.Sprintf(`has body:%q, but body takes no name: write body:"" for the whole body, or only json:%q for a member of it`, name, name)
	case place == InBody:
		return "", ""
	case name == "":
		return "", fmt.Sprintf(`has an empty %s tag: write the client's name, as in %s:"name"`, place, place)
	case strings.Contains(name, ","):
		return "", fmt.Sprintf("has %s:%q, but the tag takes a name without options: take the comma and what follows it away", place, name)
	case (place == InHeader || place == InCookie) && !fieldline.IsToken(name):
		return "", fmt.Sprintf("has %s:%q, which is no valid name there (RFC 9110 section 5.6.2): use letters, digits and -", place, name)
	case place == InHeader:
		return textproto.CanonicalMIMEHeaderKey(name), ""
	}
	return name, ""
}
