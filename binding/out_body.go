package binding

import (
	"io"
	"reflect"
	"sync/atomic"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/binding/internal/jsonout"
	"github.com/anygrain/anygrain/internal/gotype"
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
	at      outPlace         // the field that is the body; without an index the whole value is
	view    *outView         // the members of a JSON body beside other fields
	options []json.Options   // for JSON
	encoder *jsonout.Encoder // for most types, nil for others
	room    atomic.Int64     // bytes that the last JSON had, and a few more
}

// kindOf says how a value of the type is written when it is the whole body.
// A reader is a reader and a type with its own JSON or text form is JSON,
// whatever else they are.
func kindOf(t reflect.Type) bodyKind {
	switch {
	case t.Implements(readerType):
		return bodyStream
	case gotype.WritesItself(t), gotype.IsNumber(t):
		return bodyJSON
	case t.Kind() == reflect.String:
		return bodyText
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 && !gotype.WritesItself(t.Elem()):
		return bodyBytes
	default:
		return bodyJSON
	}
}

var readerType = reflect.TypeFor[io.Reader]()

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
	if b.view != nil {
		members, err := b.view.fill(v)
		if err != nil {
			return nil, err
		}
		v = reflect.ValueOf(members).Elem()
	}
	if body, ok := b.encode(v); ok {
		return body, nil
	}
	return json.Marshal(v.Addr().Interface(), b.options...)
}

// compileEncoder makes the encoder, now that it is known what the body is.
func (p *Out) compileEncoder() {
	t := p.typed
	switch b := &p.body; {
	case b.kind != bodyJSON:
		return
	case b.at.index != nil:
		t = p.typed.FieldByIndex(b.at.index).Type
	case b.view != nil:
		t = b.view.typ
	}
	p.body.encoder = jsonout.Compile(t, p.body.options)
}

// encode writes the body without the JSON package, if that can be. Bodies of one
// type are of similar sizes.
func (b *outBody) encode(v reflect.Value) ([]byte, bool) {
	if b.encoder == nil {
		return nil, false
	}
	body, ok := b.encoder.Append(make([]byte, 0, b.room.Load()), v)
	if n := int64(len(body) + len(body)/16); ok && n > b.room.Load() || n < b.room.Load()/2 {
		b.room.Store(min(n, mostRoom))
	}
	return body, ok
}

// mostRoom is what is made room for at once: after a large body a small one may come.
const mostRoom = 64 << 10

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
