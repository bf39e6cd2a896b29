package binding

import (
	"fmt"
	"io"
	"reflect"
	"strconv"
)

// outView is a struct type made of some fields of an Out, under other JSON
// names: the members of the body that are left when headers and cookies are
// taken away, or all fields for the direct form. The JSON package then does
// with the members whatever their options say, as if the Out had been declared so.
type outView struct {
	typ    reflect.Type
	fields []viewField
}

// viewField is one field of a view and the field of the Out that it stands for.
type viewField struct {
	index  []int
	stream bool // an io.Reader in the Out, a []byte in the view
}

// viewMember is what a view is made of.
type viewMember struct {
	viewField
	name string // the Go name
	typ  reflect.Type
	tag  string // the json tag
}

var bytesType = reflect.TypeFor[[]byte]()

func newOutView(members []viewMember) *outView {
	v := &outView{}
	seen := map[string]bool{}
	fields := make([]reflect.StructField, len(members))
	for i, m := range members {
		name := m.name
		if seen[name] {
			name += "_" + strconv.Itoa(i)
		}
		seen[name] = true
		typ := m.typ
		if m.stream {
			typ = bytesType
		}
		fields[i] = reflect.StructField{Name: name, Type: typ, Tag: reflect.StructTag("json:" + strconv.Quote(m.tag))}
		v.fields = append(v.fields, m.viewField)
	}
	v.typ = reflect.StructOf(fields)
	return v
}

// fill returns a pointer to a view of the Out. Readers are read to their end and closed.
func (v *outView) fill(out reflect.Value) (any, error) {
	view := reflect.New(v.typ)
	for i, f := range v.fields {
		from, to := out.FieldByIndex(f.index), view.Elem().Field(i)
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
	return view.Interface(), nil
}

// spill writes the fields of a view, a pointer, into the Out.
func (v *outView) spill(view any, out reflect.Value) error {
	from := reflect.ValueOf(view).Elem()
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
