package binding

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/jsonnumber"
	"github.com/anygrain/anygrain/internal/model"
)

// plainOptions make every host write the same bytes: maps are sorted. They are
// a slice because that is how they are passed on, without an allocation.
var plainOptions = []json.Options{json.Deterministic(true)}

// durationOptions add the text of durations ("1m30s"), for which the JSON package
// has no form of its own, and numbers of encoding/json. They serve where a type has such
// in it, or may have behind an interface, because they cost a look-up for every value.
var durationOptions = []json.Options{
	json.Deterministic(true),
	json.WithMarshalers(json.JoinMarshalers(json.MarshalToFunc(marshalDuration), json.MarshalToFunc(jsonnumber.Write))),
	json.WithUnmarshalers(json.JoinUnmarshalers(json.UnmarshalFromFunc(unmarshalDuration), json.UnmarshalFromFunc(readNumber))),
}

// writeOptionsOf returns the options for what the JSON of an Out is made of.
func writeOptionsOf(m *model.Model) []json.Options {
	options := plainOptions
	for _, f := range m.Fields {
		if f.Place != model.InBody {
			continue
		}
		m.Visit(f.Type, func(t *model.Type) bool {
			if t.Write == model.Duration || t.Write == model.Number || t.Kind == "interface" {
				options = durationOptions
			}
			return !t.WritesItself()
		})
	}
	return options
}

func marshalDuration(enc *jsontext.Encoder, d time.Duration) error {
	return enc.WriteToken(jsontext.String(d.String()))
}

func unmarshalDuration(dec *jsontext.Decoder, d *time.Duration) error {
	token, err := dec.ReadToken()
	switch {
	case err != nil:
		return err
	case token.Kind() == 'n':
		*d = 0 // as null is for every type that has no nil
		return nil
	case token.Kind() != '"':
		return errNoDuration
	}
	if *d, err = time.ParseDuration(token.String()); err != nil {
		return errNoDuration // time's own error would quote the value
	}
	return nil
}

var errNoDuration = errors.New(`a duration is text such as "1m30s"`)

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
	return p.appendJSON(dst, out, exactOptions)
}

// exactOptions keep nil apart from empty.
var exactOptions = append(slices.Clone(durationOptions), json.FormatNilSliceAsNull(true), json.FormatNilMapAsNull(true))

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
	return durationOptions
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
	if err := json.Unmarshal(data, pointer.Interface(), durationOptions...); err != nil {
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
