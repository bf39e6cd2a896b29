package binding

import (
	"bytes"
	"fmt"
	"io"
	"reflect"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/binding/internal/jsonoptions"
	"github.com/anygrain/anygrain/internal/model"
)

// AppendJSON appends the direct form of out, a pointer to the Out's type: the whole
// Out as one JSON value. Fields that HTTP carries outside of the body are
// members beside the others, under their json names or else those of their
// tags: "X-Y", "session", "status", "body". Bytes and readers are base64; a reader
// is read to its end and closed. For an Out that is nothing but its JSON body these are
// the bytes of the body.
func (p *Out) AppendJSON(dst []byte, out any) ([]byte, error) {
	return p.appendJSON(dst, out, p.options())
}

// AppendExact is AppendJSON for a caller that decodes it into the same type:
// nil slices and maps are null and not empty, so that DecodeJSON brings back
// the very value.
func (p *Out) AppendExact(dst []byte, out any) ([]byte, error) {
	return p.appendJSON(dst, out, jsonoptions.Exact())
}

func (p *Out) appendJSON(dst []byte, out any, options []json.Options) ([]byte, error) {
	v, err := p.value(out)
	if err != nil {
		return dst, err
	}
	value, err := p.directValue(out, v)
	if err != nil {
		return dst, p.errorAt("", err)
	}
	b := bytes.NewBuffer(dst)
	if err := json.MarshalWrite(b, value, options...); err != nil {
		return dst, p.errorAt("", fmt.Errorf("write as JSON: %w", err))
	}
	return b.Bytes(), nil
}

// directValue returns what is marshalled as the direct form.
func (p *Out) directValue(out any, v reflect.Value) (any, error) {
	switch {
	case p.direct != nil && v.IsValid():
		return p.direct.fill(v)
	case p.direct == nil && p.body.as == model.AsStream:
		return readAll(readerOf(v))
	case p.direct != nil:
		return nil, nil
	default:
		return out, nil
	}
}

func (p *Out) options() []json.Options {
	if p.direct == nil {
		return p.body.options
	}
	return jsonoptions.Direct()
}

// DecodeJSON is the inverse of AppendJSON; dst is a pointer to the Out's type.
// Unknown members pass, so that a newer function can answer an older caller. A
// reader that is declared as io.Reader or io.ReadCloser reads the decoded bytes.
func (p *Out) DecodeJSON(dst any, data []byte) error {
	if _, err := p.value(dst); err != nil {
		return err
	}
	if err := p.decode(dst, data); err != nil {
		return p.errorAt("", fmt.Errorf("read from JSON: %w", err))
	}
	return nil
}

func (p *Out) decode(dst any, data []byte) error {
	v := reflect.ValueOf(dst).Elem()
	switch {
	case p.direct != nil:
		return p.decodeView(v, data)
	case p.body.as == model.AsStream:
		var content []byte
		if err := json.Unmarshal(data, &content); err != nil {
			return err
		}
		return setReader(v, content)
	default:
		v.SetZero()
		return json.Unmarshal(data, dst, p.body.options...)
	}
}

func (p *Out) decodeView(v reflect.Value, data []byte) error {
	pointer := reflect.New(reflect.PointerTo(p.direct.typ)) // null leaves it nil
	if err := json.Unmarshal(data, pointer.Interface(), jsonoptions.Direct()...); err != nil {
		return err
	}
	v.SetZero()
	if pointer.Elem().IsNil() {
		return nil
	}
	if p.typed != p.typ {
		v.Set(reflect.New(p.typed))
		v = v.Elem()
	}
	return p.direct.spill(pointer.Elem().Interface(), v)
}

// setReader makes the field read the bytes; nil gives a nil reader.
func setReader(to reflect.Value, data []byte) error {
	if data == nil {
		to.SetZero()
		return nil
	}
	for _, r := range []any{bytes.NewReader(data), io.NopCloser(bytes.NewReader(data)), bytes.NewBuffer(data)} {
		if v := reflect.ValueOf(r); v.Type().AssignableTo(to.Type()) {
			to.Set(v)
			return nil
		}
	}
	return fmt.Errorf("a body cannot be decoded into %s: declare it as io.Reader or io.ReadCloser", to.Type())
}
