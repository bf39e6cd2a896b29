package binding

import (
	"encoding"
	"io"
	"reflect"

	"github.com/go-json-experiment/json"
)

// bodyKind is how a body is written.
type bodyKind int

const (
	bodyNone   bodyKind = iota
	bodyText            // a string
	bodyBytes           // a []byte
	bodyStream          // an io.Reader
	bodyJSON            // any other value
)

func (k bodyKind) contentType() string {
	switch k {
	case bodyText:
		return "text/plain; charset=utf-8"
	case bodyBytes, bodyStream:
		return "application/octet-stream"
	case bodyJSON:
		return "application/json"
	default:
		return ""
	}
}

// outBody is where the body is found in a value of the plan's struct.
type outBody struct {
	kind    bodyKind
	at      outPlace       // the field that is the body; without an index the whole value is
	view    *outView       // the members of a JSON body beside other fields
	options []json.Options // for JSON
}

// kindOf says how a value of the type is written when it is the whole body.
// A reader is a reader and a type with its own JSON or text form is JSON,
// whatever else they are.
func kindOf(t reflect.Type) bodyKind {
	switch {
	case t.Implements(readerType):
		return bodyStream
	case hasJSONForm(t):
		return bodyJSON
	case t.Kind() == reflect.String:
		return bodyText
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 && !hasJSONForm(t.Elem()):
		return bodyBytes
	default:
		return bodyJSON
	}
}

var (
	readerType = reflect.TypeFor[io.Reader]()
	formTypes  = []reflect.Type{
		reflect.TypeFor[json.Marshaler](),
		reflect.TypeFor[json.MarshalerTo](),
		reflect.TypeFor[encoding.TextMarshaler](),
		reflect.TypeFor[encoding.TextAppender](),
	}
)

// hasJSONForm reports whether the type says itself how it is written as JSON.
func hasJSONForm(t reflect.Type) bool {
	for _, form := range formTypes {
		if t.Implements(form) || t.Kind() != reflect.Interface && reflect.PointerTo(t).Implements(form) {
			return true
		}
	}
	return false
}

// render writes the body of v into r.
func (b *outBody) render(r *Rendered, v reflect.Value) (err error) {
	if b.at.index != nil {
		v = v.FieldByIndex(b.at.index)
	}
	switch b.kind {
	case bodyText:
		r.Body = []byte(v.String())
	case bodyBytes:
		r.Body = v.Bytes()
		if r.Body == nil {
			r.Body = []byte{} // an empty body, which is not the same as none
		}
	case bodyStream:
		r.Stream = readerOf(v)
	case bodyJSON:
		r.Body, err = b.marshal(v)
	}
	return err
}

func (b *outBody) marshal(v reflect.Value) ([]byte, error) {
	if !v.IsValid() {
		return []byte("null"), nil
	}
	if b.view == nil {
		return json.Marshal(v.Addr().Interface(), b.options...)
	}
	members, err := b.view.fill(v)
	if err != nil {
		return nil, err
	}
	return json.Marshal(members, b.options...)
}

// readerOf returns the reader in v, nil when there is none.
func readerOf(v reflect.Value) io.Reader {
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return nil
	}
	r, _ := v.Interface().(io.Reader)
	return r
}

// closeReader closes a reader that nobody is going to read to its end.
func closeReader(r io.Reader) error {
	if c, ok := r.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
