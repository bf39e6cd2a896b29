package scan

// Reader reads an event, in which a member has a value of its type, or null. Null
// counts as absent.
type Reader struct {
	Scanner

	// Mistyped is set when a member that is read has a value of another type
	// than the service gives it: the object is not an event of that service.
	Mistyped bool
}

// NewReader returns a reader of the text. An event is the platform's own JSON, so
// names are not checked for duplicates.
func NewReader(text string) Reader { return Reader{Scanner: New(text)} }

// SkipUnwanted passes a value that is not of the wanted type.
func (r *Reader) SkipUnwanted() {
	if r.Kind() != 'n' {
		r.Mistyped = true
	}
	r.Skip()
}

// StringOrNull reads a string; null is "".
func (r *Reader) StringOrNull() string {
	if r.Kind() != '"' {
		r.SkipUnwanted()
		return ""
	}
	return r.String()
}

// StringsOrNull appends an array of strings to dst.
func (r *Reader) StringsOrNull(dst []string) []string {
	if r.Array() {
		for r.More(']') {
			dst = append(dst, r.StringOrNull())
		}
	}
	return dst
}

// SkipStrings passes a string, an array of them, or null.
func (r *Reader) SkipStrings() {
	if r.Kind() != '[' {
		r.skipString()
		return
	}
	for r.Open('['); r.More(']'); {
		r.skipString()
	}
}

func (r *Reader) skipString() {
	if r.Kind() != '"' {
		r.SkipUnwanted()
		return
	}
	r.Text()
}

// BoolOrNull reads a truth value into dst; null leaves it as it is.
func (r *Reader) BoolOrNull(dst *bool) {
	switch kind := r.Kind(); kind {
	case 't', 'f':
		*dst = kind == 't'
		r.Skip()
	default:
		r.SkipUnwanted()
	}
}

// Object opens an object. It is false for null and for what is no object.
func (r *Reader) Object() bool { return r.open('{') }

// Array opens an array. It is false for null and for what is no array.
func (r *Reader) Array() bool { return r.open('[') }

func (r *Reader) open(bracket byte) bool {
	if r.Kind() == bracket {
		return r.Open(bracket)
	}
	r.SkipUnwanted()
	return false
}
