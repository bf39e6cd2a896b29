package binding

import (
	"fmt"
	"io"
	"reflect"

	"github.com/anygrain/anygrain/internal/model"
)

// view is a struct type made of some fields of an In or Out, under other JSON names
// (model.ObjectType): what comes from elsewhere, or goes there, has no name in it.
type view struct {
	typ    reflect.Type
	fields []viewField
}

// viewField is one field of a view and the field that it stands for.
type viewField struct {
	index  []int
	stream bool // an io.Reader, which is a []byte in the view
}

// viewMember is what a view is made of.
type viewMember struct {
	*model.Field
	typ reflect.Type
}

func newView(of []viewMember) *view {
	v := &view{}
	members := make([]model.ObjectMember, len(of))
	for i, m := range of {
		stream := m.As == model.AsStream
		members[i] = model.ObjectMember{Go: model.LastName(m.Go), Type: m.typ, Tag: m.Tag, Stream: stream}
		v.fields = append(v.fields, viewField{m.Index, stream})
	}
	v.typ = model.ObjectType(members)
	return v
}

// fill returns a pointer to a view of the value. Readers are read to their end and closed.
func (v *view) fill(out reflect.Value) (any, error) {
	filled := reflect.New(v.typ)
	for i, f := range v.fields {
		from, to := out.FieldByIndex(f.index), filled.Elem().Field(i)
		if !f.stream {
			to.Set(from)
			continue
		}
		data, err := readAll(readerOf(from))
		if err != nil {
			return nil, err
		}
		to.SetBytes(data)
	}
	return filled.Interface(), nil
}

// spill writes the fields of a view, a pointer, into the value.
func (v *view) spill(filled any, out reflect.Value) error {
	from := reflect.ValueOf(filled).Elem()
	for i, f := range v.fields {
		to := out.FieldByIndex(f.index)
		if !f.stream {
			to.Set(from.Field(i))
			continue
		}
		if err := setReader(to, from.Field(i).Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// readAll reads and closes r; nil gives nil.
func readAll(r io.Reader) ([]byte, error) {
	if r == nil {
		return nil, nil
	}
	data, err := io.ReadAll(r)
	if cerr := closeReader(r); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	return data, nil
}
