package binding

import (
	"reflect"
	"strings"
	"time"
)

// A time has one text in every place, RFC 3339. Package time reads more than
// that (a comma, hours of one digit, offsets of days), and the JSON package reads
// less, so neither decides: readTime does.

const (
	rfc3339Date = "2006-01-02"
	rfc3339Wall = "2006-01-02T15:04:05"
)

// readTime reads a time as RFC 3339 writes it; t and z may be lower-case.
func readTime(text string) (time.Time, bool) {
	if len(text) <= len(rfc3339Wall) || !isWallClock(text[:len(rfc3339Wall)]) || !endsTime(text[len(rfc3339Wall):]) {
		return time.Time{}, false
	}
	if c := text[len(text)-1]; text[10] == 't' || c == 'z' {
		text = strings.ToUpper(text)
	}
	t, err := time.Parse(time.RFC3339, text) // checks that there is such a day and hour
	return t, err == nil
}

// isWallClock reports whether the text has the digits of 2006-01-02T15:04:05.
func isWallClock(text string) bool {
	for i := range len(text) {
		switch want := rfc3339Wall[i]; {
		case '0' <= want && want <= '9':
			if text[i] < '0' || text[i] > '9' {
				return false
			}
		case text[i] != want && !(want == 'T' && text[i] == 't'):
			return false
		}
	}
	return true
}

// endsTime reports whether the text is a fraction of a second, if any, and an offset.
func endsTime(text string) bool {
	if text[0] == '.' {
		digits := len(text) - len(strings.TrimLeft(text[1:], "0123456789"))
		if text = text[digits:]; digits == 1 || text == "" {
			return false
		}
	}
	return text == "Z" || text == "z" || isOffset(text)
}

// isOffset reports whether the text is an offset such as +02:00.
func isOffset(text string) bool {
	if len(text) != len("+02:00") || text[0] != '+' && text[0] != '-' || text[3] != ':' {
		return false
	}
	for _, i := range []int{1, 2, 4, 5} {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text[1:3] <= "23" && text[4:6] <= "59"
}

// readDate reads a day, as an <input type=date> sends it, as midnight in UTC.
func readDate(text string) (time.Time, bool) {
	if len(text) != len(rfc3339Date) {
		return time.Time{}, false
	}
	return readTime(text + "T00:00:00Z")
}

// httpDates are the forms of a date in a header (RFC 9110 section 5.6.7): the one
// that is sent, and the two of old senders. Their zone is always GMT.
var httpDates = []string{httpDate, "Monday, 02-Jan-06 15:04:05 GMT", time.ANSIC}

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
func timeReader(where Where) func(string) (time.Time, bool) {
	switch where {
	case Head:
		return eitherTime(readHTTPDate)
	case Query, Form:
		return eitherTime(readDate)
	}
	return readTime
}

func eitherTime(other func(string) (time.Time, bool)) func(string) (time.Time, bool) {
	return func(text string) (time.Time, bool) {
		if t, ok := readTime(text); ok {
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

// element returns the length of the first element of a header's list. A date has a
// comma behind the day of the week.
func (t *text) element(line string) int {
	n := listElement(line)
	if t.expect != expectTime || n == len(line) || !isWeekday(strings.Trim(line[:n], " \t")) {
		return n
	}
	return n + 1 + listElement(line[n+1:])
}
