package bodysize

import (
	"bytes"
	"reflect"

	"github.com/go-json-experiment/json/jsontext"
)

// trimmer goes through a body before it is decoded.
type trimmer struct {
	dec   *jsontext.Decoder
	data  []byte
	own   bool  // data is a copy
	ruled bool  // rules are asked
	left  int64 // bytes that elements may still take
}

// Trim returns the body without the elements that are more than rules allow: there are spaces
// in their place, so that offsets stay as they are. The error is ErrTooLarge, or what is
// wrong with the JSON, which may stand in what was taken out.
func (l Lists) Trim(data []byte, ruled, loose bool) ([]byte, error) {
	t := trimmer{ruled: ruled, dec: jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(loose)), data: data, left: max(always, TimesBody*int64(len(data)))}
	err := t.value(l.top, true)
	return t.data, err
}

// ErrTooLarge is said of a body whose lists would take too much memory.
var ErrTooLarge = tooLarge{}

type tooLarge struct{}

func (tooLarge) Error() string { return "the lists of the body take too much memory" }

// value looks through one value. It is bounded when rules say how long all lists around it are.
func (t *trimmer) value(s *sizes, bounded bool) error {
	kind := t.dec.PeekKind()
	isList := kind == '['
	switch {
	case s == nil || kind != '[' && kind != '{' || isList != (s.kind == reflect.Slice):
		return t.dec.SkipValue()
	case s.kind == reflect.Struct:
		return t.object(s, bounded)
	}
	return t.elements(s, bounded && (s.fixed || t.ruled && s.most > 0))
}

// object looks through the members of a struct.
func (t *trimmer) object(s *sizes, bounded bool) error {
	if _, err := t.dec.ReadToken(); err != nil {
		return err
	}
	for t.dec.PeekKind() != '}' {
		name, err := t.dec.ReadValue()
		if err == nil {
			err = t.value(s.member(name), bounded)
		}
		if err != nil {
			return err
		}
	}
	_, err := t.dec.ReadToken()
	return err
}

// elements looks through those of a list or map, and takes out what its rules do not allow.
func (t *trimmer) elements(s *sizes, bounded bool) error {
	open, err := t.dec.ReadToken()
	if err != nil {
		return err
	}
	end := open.Kind() + 2 // ] and } come two behind [ and {
	for n := 0; t.dec.PeekKind() != end; n++ {
		if t.ruled && s.most > 0 && n == s.most {
			return t.cut(end)
		}
		if !bounded {
			if t.left -= s.size; t.left < 0 {
				return ErrTooLarge
			}
		}
		if s.kind == reflect.Map {
			if err := t.dec.SkipValue(); err != nil {
				return err
			}
		}
		if err := t.value(s.elem, bounded); err != nil {
			return err
		}
	}
	_, err = t.dec.ReadToken()
	return err
}

// cut takes the rest of a list or map out of the body, up to its end or to what is wrong
// with it.
func (t *trimmer) cut(end jsontext.Kind) error {
	from := t.dec.InputOffset()
	to := from
	for t.dec.PeekKind() != end {
		if end == '}' {
			if err := t.dec.SkipValue(); err != nil {
				return t.blank(from, to, err)
			}
		}
		if err := t.dec.SkipValue(); err != nil {
			return t.blank(from, to, err)
		}
		to = t.dec.InputOffset()
	}
	_, err := t.dec.ReadToken()
	return t.blank(from, to, err)
}

// blank writes spaces over a part of the body, which belongs to whoever sent it.
func (t *trimmer) blank(from, to int64, err error) error {
	if !t.own && to > from {
		t.data, t.own = bytes.Clone(t.data), true
	}
	for i := from; i < to; i++ {
		t.data[i] = ' '
	}
	return err
}
