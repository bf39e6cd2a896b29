package binding

import (
	"bytes"
	"reflect"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/binding/internal/bodysize"
	"github.com/anygrain/anygrain/binding/internal/jsonname"
	"github.com/anygrain/anygrain/internal/model"
)

// object is a set of fields that is read from the members of one JSON object:
// those of the body, or all of them for the direct form.
//
// When the fields are all that the In has, the In itself is decoded into.
// Otherwise a view is, a struct of those fields alone: what comes from
// elsewhere has no name there by which a body could reach it.
type object struct {
	fields []*inField
	view   *view // nil when the In itself is read
	lists  bodysize.Lists
}

func newObject(fields []*inField) *object {
	members := make([]viewMember, len(fields))
	for i, f := range fields {
		members[i] = viewMember{Field: f.Field, typ: f.typ}
	}
	return &object{fields: fields, view: newView(members), lists: listsOf(fields)}
}

// listsOf returns the lists and maps in the members of an object that are decoded.
func listsOf(fields []*inField) bodysize.Lists {
	var members []bodysize.Member
	for _, p := range fields {
		if p.As != model.AsStream && p.As != model.AsBytes {
			members = append(members, bodysize.Member{Name: p.JSON, Type: p.typ, Rules: p.Rules})
		}
	}
	return bodysize.OfMembers(members)
}

// target is the struct that is decoded into.
func (o *object) target(in reflect.Value) reflect.Value {
	if o.view == nil {
		return in
	}
	return reflect.New(o.view.typ).Elem()
}

// reset clears the target and sets the defaults.
func (r *request) reset(o *object, target reflect.Value) {
	target.SetZero()
	if r.exact {
		return
	}
	for i, p := range o.fields {
		switch {
		case p.defaults == nil:
		case o.view == nil:
			p.defaults.Put(p.in(target))
		default:
			p.defaults.Put(target.Field(i))
		}
	}
}

// commit writes what was decoded into the In.
func (o *object) commit(target, in reflect.Value) {
	if o.view == nil {
		return
	}
	for i, p := range o.fields {
		if p.As == model.AsStream {
			p.in(in).Set(reflect.ValueOf(bytes.NewReader(target.Field(i).Bytes())))
		} else {
			p.in(in).Set(target.Field(i))
		}
	}
}

// named returns the field that is the member of that name, nil when none is.
func (o *object) named(member string) *inField {
	for _, p := range o.fields {
		if p.JSON == member {
			return p
		}
	}
	return nil
}

// appendDirect appends the direct form of an In.
func (p *In) appendDirect(dst []byte, in reflect.Value) ([]byte, error) {
	value := in.Addr().Interface()
	if p.direct != nil && p.direct.view != nil {
		view, err := p.direct.view.fill(in)
		if err != nil {
			return dst, err
		}
		value = view
	}
	b := bytes.NewBuffer(dst)
	if err := json.MarshalWrite(b, value, p.json.Writing()...); err != nil {
		return dst, err
	}
	return b.Bytes(), nil
}

// loosely is named as the JSON package matches names loosely.
func (o *object) loosely(member string) *inField {
	member = jsonname.Fold(member)
	for _, p := range o.fields {
		if jsonname.Fold(p.JSON) == member {
			return p
		}
	}
	return nil
}
