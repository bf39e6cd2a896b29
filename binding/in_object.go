package binding

import (
	"bytes"
	"reflect"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/binding/internal/bodysize"
	"github.com/anygrain/anygrain/binding/internal/jsonname"
)

// object is a set of fields that is read from the members of one JSON object:
// those of the body, or all of them for the direct form.
//
// When the fields are all that the In has, the In itself is decoded into.
// Otherwise a view is, a struct of those fields alone: what comes from
// elsewhere has no name there by which a body could reach it.
type object struct {
	parts []*part
	view  *outView // nil when the In itself is read
	lists bodysize.Lists
}

// objects builds the objects of the plan.
func (c *compiler) objects() {
	if len(c.problems) > 0 {
		return // names that a struct cannot have, for one
	}
	members := c.members()
	switch {
	case len(members) == len(c.plan.parts) && len(members) > 0:
		c.plan.body = &object{parts: members, lists: listsOf(members)}
		c.plan.direct = c.plan.body
	case len(members) > 0:
		c.plan.body = newObject(members)
		fallthrough
	default:
		c.plan.direct = newObject(c.plan.parts)
	}
}

func newObject(parts []*part) *object {
	members := make([]viewMember, len(parts))
	for i, p := range parts {
		members[i] = viewMember{
			viewField: viewField{index: p.Index, stream: p.raw == rawReader},
			name:      lastName(p.Go), typ: p.Type, tag: p.tag,
		}
	}
	return &object{parts: parts, view: newOutView(members), lists: listsOf(parts)}
}

// listsOf returns the lists and maps in the members of an object that are decoded.
func listsOf(parts []*part) bodysize.Lists {
	var members []bodysize.Member
	for _, p := range parts {
		if p.raw != rawReader && p.raw != rawBytes {
			members = append(members, bodysize.Member{Name: p.JSON, Type: p.Type, Rules: p.Rules})
		}
	}
	return bodysize.OfMembers(members)
}

// lastName returns the name of a field without those it is embedded in.
func lastName(path string) string { return path[bytes.LastIndexByte([]byte(path), '.')+1:] }

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
	for i, p := range o.parts {
		switch {
		case p.defaults == nil:
		case o.view == nil:
			p.defaults.put(p.in(target))
		default:
			p.defaults.put(target.Field(i))
		}
	}
}

// commit writes what was decoded into the In.
func (o *object) commit(target, in reflect.Value) {
	if o.view == nil {
		return
	}
	for i, p := range o.parts {
		if p.raw == rawReader {
			p.in(in).Set(reflect.ValueOf(bytes.NewReader(target.Field(i).Bytes())))
		} else {
			p.in(in).Set(target.Field(i))
		}
	}
}

// named returns the part that is the member of that name, nil when none is.
func (o *object) named(member string) *part {
	for _, p := range o.parts {
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
	if err := json.MarshalWrite(b, value, p.json.write...); err != nil {
		return dst, err
	}
	return b.Bytes(), nil
}

// loosely is named as the JSON package matches names loosely.
func (o *object) loosely(member string) *part {
	member = jsonname.Fold(member)
	for _, p := range o.parts {
		if jsonname.Fold(p.JSON) == member {
			return p
		}
	}
	return nil
}
