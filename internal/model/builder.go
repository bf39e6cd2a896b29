package model

import (
	"reflect"

	"github.com/anygrain/anygrain/internal/textvalue"
)

// field is a Field with what its checks ask.
type field struct {
	Field
	typ   reflect.Type
	tag   string            // the json tag of the field of an Out
	bound bool              // of the field of an Out: it has a tag of a place
	text  *textvalue.Reader // of a field of an In that is read from text
}

// located reports whether the field comes from elsewhere than the body, or goes there.
func (f *field) located() bool { return f.Place != InBody }

// objectOf is the struct type of an object of these fields.
func objectOf(fields []*field) reflect.Type {
	members := make([]ObjectMember, len(fields))
	for i, f := range fields {
		members[i] = ObjectMember{Go: LastName(f.Go), Type: f.typ, Tag: f.Tag, Stream: f.As == AsStream}
	}
	return ObjectType(members)
}

// setFields gives the model its fields, and the types that they and the type itself are made of.
func (m *Model) setFields(t reflect.Type, fields []*field) {
	g := newGraph()
	m.Root = g.ref(t)
	m.Fields = make([]Field, len(fields))
	for i, f := range fields {
		f.Type = g.ref(f.typ)
		m.Fields[i] = f.Field
	}
	m.Types = g.types
}
