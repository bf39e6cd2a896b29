package fnlambda

import "github.com/anygrain/anygrain/fn/fnlambda/internal/scan"

// reader reads an event, in which a member has a value of its type, or null.
type reader struct {
	scan.Scanner
	event string // all of it

	// What member has read of a value: nothing when kind is 0, else all of it. It
	// is a string, or a list of one.
	kind  byte
	plain string

	// mistyped is set when a member that is read has a value of another type
	// than a front door gives it: the object is not a front door's event.
	mistyped bool
}

// newReader returns a reader of text. The event is the platform's own JSON, so
// names are not checked for duplicates.
func newReader(text string) reader { return reader{Scanner: scan.New(text), event: text} }

// member reads the name of a member. Its value is then asked for by a method of
// reader, not of Scanner.
func (r *reader) member() string {
	name, value, kind := r.Member()
	r.kind, r.plain = kind, r.event[value.From:value.To]
	return r.Of(name)
}

// read returns the kind of the value if it has been read, and forgets that it was.
func (r *reader) read() byte {
	kind := r.kind
	r.kind = 0
	return kind
}

// skip passes over a value that is not of the wanted kind. Null counts as absent.
func (r *reader) skip() {
	if r.read() != 0 {
		r.mistyped = true
		return
	}
	if r.Kind() != 'n' {
		r.mistyped = true
	}
	r.Skip()
}

// skipAny passes over a value that nobody asks for.
func (r *reader) skipAny() {
	if r.read() == 0 {
		r.Skip()
	}
}

// text reads a string; null is "".
func (r *reader) text() string {
	switch {
	case r.kind == '"':
		r.kind = 0
		return r.plain
	case r.kind != 0 || r.Kind() != '"':
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
	kind := r.Kind()
	if r.kind != 0 || kind != 't' && kind != 'f' {
		r.skip()
		return
	}
	*dst = kind == 't'
	r.Skip()
}

// object opens an object. It is false for null and for what is no object.
func (r *reader) object() bool { return r.open('{') }

// array opens an array. It is false for null and for what is no array.
func (r *reader) array() bool { return r.open('[') }

func (r *reader) open(bracket byte) bool {
	if r.kind == 0 && r.Kind() == bracket {
		return r.Open(bracket)
	}
	r.skip()
	return false
}

// texts appends an array of strings to dst.
func (r *reader) texts(dst []string) []string {
	if r.kind == '[' {
		r.kind = 0
		return append(dst, r.plain)
	}
	if r.array() {
		for r.More(']') {
			dst = append(dst, r.text())
		}
	}
	return dst
}
