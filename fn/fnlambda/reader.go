package fnlambda

import (
	"bytes"
	"io"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// reader reads an event token by token. Strings without escapes are cut out of
// text, the one copy that is made of the payload, so that a header costs no
// allocation of its own.
type reader struct {
	dec  *jsontext.Decoder
	text string

	// mistyped is set when a member that is read has a value of another type
	// than a front door gives it: the object is not a front door's event.
	mistyped bool

	in bytes.Buffer
}

// newReader returns a reader of text, which payload holds as bytes. The event
// is the platform's own JSON, so names are not checked for duplicates.
func newReader(payload []byte, text string) *reader {
	r := &reader{dec: &jsontext.Decoder{}}
	r.reset(payload, text)
	return r
}

// reset makes the reader read something else.
func (r *reader) reset(payload []byte, text string) {
	r.in, r.text, r.mistyped = *bytes.NewBuffer(payload), text, false
	r.dec.Reset(&r.in, jsontext.AllowDuplicateNames(true))
}

// readers keeps the memory of readers between events, and nothing of the events.
type readers struct{ pool sync.Pool }

func (p *readers) take(payload []byte, text string) *reader {
	r, ok := p.pool.Get().(*reader)
	if !ok {
		return newReader(payload, text)
	}
	r.reset(payload, text)
	return r
}

func (p *readers) give(r *reader) {
	r.reset(nil, "")
	p.pool.Put(r)
}

// quoted returns the next value as it stands in the event if it is a string,
// with its quotes; "" stands for null.
func (r *reader) quoted() (string, error) {
	kind := r.dec.PeekKind()
	if kind != '"' {
		return "", r.skip(kind)
	}
	v, err := r.dec.ReadValue()
	if err != nil {
		return "", err
	}
	end := int(r.dec.InputOffset())
	return r.text[end-len(v) : end], nil
}

// skip passes over a value that is not of the wanted kind. Null counts as absent.
func (r *reader) skip(kind jsontext.Kind) error {
	if kind != 'n' {
		r.mistyped = true
	}
	return r.dec.SkipValue()
}

// string reads a string; null is "".
func (r *reader) string() (string, error) {
	q, err := r.quoted()
	if err != nil || q == "" {
		return "", err
	}
	return unquote(q)
}

// stringTo reads a string into dst.
func (r *reader) stringTo(dst *string) (err error) {
	*dst, err = r.string()
	return err
}

// bool reads a truth value into dst; null is false.
func (r *reader) bool(dst *bool) error {
	kind := r.dec.PeekKind()
	if kind != 't' && kind != 'f' {
		return r.skip(kind)
	}
	*dst = kind == 't'
	return r.dec.SkipValue()
}

// object calls member for each name; member reads or skips the value. Found is
// false for null and for what is no object.
func (r *reader) object(member func(name string) error) (found bool, err error) {
	if kind := r.dec.PeekKind(); kind != '{' {
		return false, r.skip(kind)
	}
	return true, r.each('}', func() error {
		name, err := r.string()
		if err != nil {
			return err
		}
		return member(name)
	})
}

// array calls element before each element of an array.
func (r *reader) array(element func() error) error {
	if kind := r.dec.PeekKind(); kind != '[' {
		return r.skip(kind)
	}
	return r.each(']', element)
}

// each reads the opening bracket, then items up to the closing one.
func (r *reader) each(closing jsontext.Kind, item func() error) error {
	if _, err := r.dec.ReadToken(); err != nil {
		return err
	}
	for r.dec.PeekKind() != closing {
		if err := item(); err != nil {
			return err
		}
	}
	_, err := r.dec.ReadToken()
	return err
}

// atEnd reports whether nothing follows the value.
func (r *reader) atEnd() bool {
	_, err := r.dec.ReadToken()
	return err == io.EOF
}

// strings reads an array of strings.
func (r *reader) strings(dst *[]string) error {
	return r.array(func() error {
		s, err := r.string()
		*dst = append(*dst, s)
		return err
	})
}

// unquote decodes a JSON string.
func unquote(quoted string) (string, error) {
	if strings.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1], nil
	}
	b, err := jsontext.AppendUnquote(make([]byte, 0, len(quoted)), quoted)
	return string(b), err
}
