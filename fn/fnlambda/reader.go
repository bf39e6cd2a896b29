package fnlambda

import "github.com/anygrain/anygrain/fn/fnlambda/internal/scan"

// reader reads an event, in which a member has a value of its type, or null.
type reader struct {
	scan.Scanner
	event string // all of it

	// mistyped is set when a member that is read has a value of another type
	// than a front door gives it: the object is not a front door's event.
	mistyped bool
}

// newReader returns a reader of text. The event is the platform's own JSON, so
// names are not checked for duplicates.
func newReader(text string) reader { return reader{Scanner: scan.New(text), event: text} }

// skip passes over a value that is not of the wanted kind. Null counts as absent.
func (r *reader) skip() {
	if r.Kind() != 'n' {
		r.mistyped = true
	}
	r.Skip()
}

// text reads a string; null is "".
func (r *reader) text() string {
	if r.Kind() != '"' {
		r.skip()
		return ""
	}
	return r.String()
}

// skipText passes over a string or null.
func (r *reader) skipText() {
	if r.Kind() != '"' {
		r.skip()
		return
	}
	r.Text()
}

// skipTexts passes over a string, an array of them, or null.
func (r *reader) skipTexts() {
	if r.Kind() != '[' {
		r.skipText()
		return
	}
	for r.Open('['); r.More(']'); {
		r.skipText()
	}
}

// bool reads a truth value into dst; null leaves it as it is.
func (r *reader) bool(dst *bool) {
	switch kind := r.Kind(); kind {
	case 't', 'f':
		*dst = kind == 't'
		r.Skip()
	default:
		r.skip()
	}
}

// object opens an object. It is false for null and for what is no object.
func (r *reader) object() bool { return r.open('{') }

// array opens an array. It is false for null and for what is no array.
func (r *reader) array() bool { return r.open('[') }

func (r *reader) open(bracket byte) bool {
	if r.Kind() == bracket {
		return r.Open(bracket)
	}
	r.skip()
	return false
}

// texts appends an array of strings to dst.
func (r *reader) texts(dst []string) []string {
	if r.array() {
		for r.More(']') {
			dst = append(dst, r.text())
		}
	}
	return dst
}
