package textvalue

import (
	"reflect"
	"strings"
	"time"

	"github.com/anygrain/anygrain/internal/rfc3339"
)

// A time has one text in every place, RFC 3339 as internal/rfc3339 reads it.

// ParseTime reads a time as RFC 3339 writes it; t and z may be lower-case.
func ParseTime(text string) (time.Time, bool) { return rfc3339.Parse(text) }

// readDate reads a day, as an <input type=date> sends it, as midnight in UTC.
func readDate(text string) (time.Time, bool) {
	if len(text) != len(time.DateOnly) {
		return time.Time{}, false
	}
	return ParseTime(text + "T00:00:00Z")
}

// HTTPDate is IMF-fixdate, the one form of a date that is sent (RFC 9110
// section 5.6.7). The zone is always GMT.
const HTTPDate = "Mon, 02 Jan 2006 15:04:05 GMT"

// httpDates are the forms of a date in a header (RFC 9110 section 5.6.7): the one
// that is sent, and the two of old senders. Their zone is always GMT.
var httpDates = []string{HTTPDate, "Monday, 02-Jan-06 15:04:05 GMT", time.ANSIC}

// readHTTPDate reads a date of a header. What stands behind the day of the week has
// to be as the form says: package time lets hours of one digit and fractions pass.
func readHTTPDate(text string) (time.Time, bool) {
	for _, form := range httpDates {
		t, err := time.Parse(form, text)
		if err == nil && strings.EqualFold(afterWeekday(t.Format(form)), afterWeekday(text)) {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

func afterWeekday(date string) string {
	_, rest, _ := strings.Cut(date, " ")
	return rest
}

// timeReader returns the reader of times in a place.
func timeReader(place Place) func(string) (time.Time, bool) {
	switch place {
	case Header:
		return eitherTime(readHTTPDate)
	case Query, Form:
		return eitherTime(readDate)
	}
	return ParseTime
}

// IsTime reports whether the text is a time.
func (r *Reader) IsTime() bool { return r.Expect == ExpectTime }

func eitherTime(other func(string) (time.Time, bool)) func(string) (time.Time, bool) {
	return func(text string) (time.Time, bool) {
		if t, ok := ParseTime(text); ok {
			return t, true
		}
		return other(text)
	}
}

// parseTime reads a field that is a time, or whose form is that of the time at an index.
func parseTime(read func(string) (time.Time, bool), index []int) func(reflect.Value, string) bool {
	return func(dst reflect.Value, text string) bool {
		t, ok := read(text)
		if ok {
			dst.FieldByIndex(index).Set(reflect.ValueOf(t))
		}
		return ok
	}
}

// isWeekday reports whether the text is what stands before the comma of a date.
func isWeekday(text string) bool {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if name := day.String(); strings.EqualFold(text, name) || strings.EqualFold(text, name[:3]) {
			return true
		}
	}
	return false
}

// Element returns the length of the first element of a header's list. A date has a
// comma behind the day of the week.
func (r *Reader) Element(line string) int {
	n := listElement(line)
	if !r.IsTime() || n == len(line) || !isWeekday(strings.Trim(line[:n], " \t")) {
		return n
	}
	return n + 1 + listElement(line[n+1:])
}

// listElement returns the length of the first element of a list.
func listElement(line string) int {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == ',' && !quoted:
			return i
		}
	}
	return len(line)
}
