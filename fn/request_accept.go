package fn

import (
	"strconv"
	"strings"
)

// Accepts returns the one of the media types that the client prefers by its Accept
// header (RFC 9110 section 12.5.1), the earlier one of two that it likes the same. A
// client that says nothing, or */*, takes the first; "" is returned when it takes none.
// Say in Vary that the answer depends on it: req.ReplyHeader().Add("Vary", "Accept").
//
//	switch req.Accepts("application/problem+json", "text/html") {
//	case "text/html":
//
// The types are written in lower case and without parameters. What in the header
// cannot be read does not count.
func (r *Request) Accepts(mediaTypes ...string) string {
	var lines []string
	if r.From.source != nil {
		lines = r.From.source.HeaderValues("Accept")
	}
	header := strings.Join(lines, ",")
	if strings.Trim(header, " \t,") == "" {
		header = "*/*"
	}
	best, most := "", 0
	for _, t := range mediaTypes {
		if weight := acceptance(header, t); weight > most {
			best, most = t, weight
		}
	}
	return best
}

// acceptance is the weight of a media type in thousandths: that of the range that
// says most about it, 0 when it is not acceptable.
func acceptance(header, mediaType string) int {
	main, _, _ := strings.Cut(mediaType, "/")
	weight, exact := 0, 0
	for header != "" {
		var one string
		one, header, _ = strings.Cut(header, ",")
		name, params, _ := strings.Cut(one, ";")
		specific := 0
		switch name = strings.ToLower(strings.Trim(name, " \t")); name {
		case mediaType:
			specific = 3
		case main + "/*":
			specific = 2
		case "*/*":
			specific = 1
		}
		if w, ok := rangeWeight(params); ok && specific > exact {
			weight, exact = w, specific
		}
	}
	return weight
}

// rangeWeight reads the weight among the parameters of a range, 1000 when there is
// none. A range of other parameters, a version say, is about something more special
// than what is asked for, and does not count.
func rangeWeight(params string) (thousandths int, ok bool) {
	thousandths = 1000
	for params != "" {
		var one string
		one, params, _ = strings.Cut(params, ";")
		name, value, _ := strings.Cut(strings.Trim(one, " \t"), "=")
		switch strings.ToLower(name) {
		case "":
		case "charset": // there is one only
		case "q":
			q, err := strconv.ParseFloat(value, 64)
			if err != nil || !(q >= 0 && q <= 1) {
				return 0, false
			}
			return int(q * 1000), true // what follows are extensions
		default:
			return 0, false
		}
	}
	return thousandths, true
}
