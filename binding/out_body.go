package binding

import (
	"io"
	"reflect"
	"sync/atomic"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/binding/internal/jsonout"
	"github.com/anygrain/anygrain/internal/model"
)

// outBody is where the body is found in a value of the Out's struct.
type outBody struct {
	is      bool // there is one
	as      model.As
	at      outPlace         // the field that is the body; without an index the whole value is
	view    *view            // the members of a JSON body beside other fields
	options []json.Options   // for JSON
	encoder *jsonout.Encoder // for most types, nil for others
	size    atomic.Int64     // bytes that the last JSON had, and a few more
}

// contentType is the media type that the body has by its type, "" when there is none.
func (b *outBody) contentType() string {
	switch {
	case !b.is:
		return ""
	case b.as == model.AsString:
		return "text/plain; charset=utf-8"
	case b.as == model.AsJSON:
		return "application/json"
	}
	return "application/octet-stream"
}

// render writes the body of v into r.
func (b *outBody) render(r *Rendered, v reflect.Value) (err error) {
	if !b.is {
		return nil
	}
	if b.at.index != nil {
		v = v.FieldByIndex(b.at.index)
	}
	switch b.as {
	case model.AsString:
		r.Body = []byte(v.String())
	case model.AsBytes:
		r.Body = v.Bytes()
		if r.Body == nil {
			r.Body = []byte{} // an empty body, which is not the same as none
		}
	case model.AsStream:
		r.Stream = readerOf(v)
	case model.AsJSON:
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

// encode writes the body without the JSON package, if that can be. Bodies of one
// type are of similar sizes.
func (b *outBody) encode(v reflect.Value) ([]byte, bool) {
	if b.encoder == nil {
		return nil, false
	}
	body, ok := b.encoder.Append(make([]byte, 0, b.size.Load()), v)
	if n := int64(len(body) + len(body)/16); ok && n > b.size.Load() || n < b.size.Load()/2 {
		b.size.Store(min(n, maxGuess))
	}
	return body, ok
}

// maxGuess is what is allocated at once: after a large body a small one may come.
const maxGuess = 64 << 10

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
