package model

import (
	"reflect"
	"slices"
	"sort"

	"github.com/anygrain/anygrain/internal/gotype"
)

// Output returns the model of an Out, and all that is wrong with its declaration. A type with
// problems has a model all the same, of what could be made out; nil has none.
func Output(t reflect.Type) (*Model, []Problem) {
	if t == nil {
		return nil, []Problem{{Field: "Out", Message: "there is no type to compile a codec for: want the type of a value"}}
	}
	return outputs.of(t, makeOutput)
}

var outputs cache

func makeOutput(t reflect.Type) (*Model, []Problem) {
	b := outputBuilder{problems: problems{of: gotype.PointedStruct(t), output: true}, model: &Model{Output: true}}
	b.build(t)
	b.model.Name = FieldPath(b.of, "")
	b.model.setFields(t, b.fields())
	return b.model, b.list
}

// outputBuilder makes the model of an Out.
type outputBuilder struct {
	problems
	model    *Model
	bound    []*field // fields with a tag of their own
	members  []*field // the others: members of a JSON body
	pointers []*field // structs that are embedded by pointer
	status   *field
	body     *field // the one that is the whole body
}

func (b *outputBuilder) build(t reflect.Type) {
	if b.of.Kind() != reflect.Struct || outputBody(t) == AsStream || gotype.WritesItself(b.of) {
		b.buildBare(t)
		return
	}
	if problem := foreignForm(b.of); problem != "" {
		b.add("", "%s", problem)
	}
	b.walk(b.of, nil, "", []reflect.Type{b.of})
	b.members = dominant(b.members)
	b.placeAll()
	b.checkBody()
	b.checkDirect()
}

// buildBare makes the value as it is the body.
func (b *outputBuilder) buildBare(t reflect.Type) {
	if b.of.Kind() == reflect.Struct {
		b.refuseTags()
	}
	b.of = t
	b.model.Bare = true
	b.body = &field{Field: Field{Place: InBody, As: outputBody(t)}, typ: t}
	b.bound = append(b.bound, b.body)
	if b.body.As == AsJSON {
		b.checkJSON("", t)
	}
}

// refuseTags refuses tagged fields in a struct that is a body as a whole.
func (b *outputBuilder) refuseTags() {
	for sf := range gotype.Fields(b.of) {
		if place, _ := b.placeOf(sf, sf.Name); place != "" {
			b.add(sf.Name, "is bound to the %s, but the type is an io.Reader or has a JSON or text form of its own, which is the whole reply: remove the tag or the methods", place)
		}
	}
}

// outputBody says how a value of the type is written when it is the whole body. A reader is a
// reader and a type with its own JSON or text form is JSON, whatever else they are.
func outputBody(t reflect.Type) As {
	switch {
	case t.Implements(readerType):
		return AsStream
	case gotype.WritesItself(t), gotype.IsNumber(t):
		return AsJSON
	case t.Kind() == reflect.String:
		return AsString
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 && !gotype.WritesItself(t.Elem()):
		return AsBytes
	}
	return AsJSON
}

// checkBody decides what the body is once all fields are known.
func (b *outputBuilder) checkBody() {
	switch {
	case b.body != nil:
		for _, m := range b.members {
			b.add(m.Go, `is a member of a JSON body, but %s is the whole body: bind it to a header or a cookie, leave it out with json:"-", or make it a part of %s`, b.body.Go, b.body.Go)
		}
	case len(b.members) == 0:
		b.refuseHidden()
	default:
		for _, m := range b.members {
			b.checkJSON(m.Go, m.typ)
		}
	}
}

// refuseHidden refuses a struct that has fields of which none can be written.
func (b *outputBuilder) refuseHidden() {
	if n := b.of.NumField(); n > 0 && len(b.bound) == 0 && len(b.pointers) == 0 && len(b.list) == 0 && !b.leavesOut() {
		b.add("", "has %d fields and none is exported, so that the reply would say nothing: export them, or use struct{} for a reply without a body", n)
	}
}

// leavesOut reports whether a field is left out on purpose.
func (b *outputBuilder) leavesOut() bool {
	for sf := range gotype.Fields(b.of) {
		if sf.Anonymous || sf.Name == "_" || sf.Excluded() {
			return true
		}
	}
	return false
}

// fields lists all fields in the order of declaration. What is sorted once is sorted by package
// sort: package slices would put some 20 kB of code for each type into every binary.
func (b *outputBuilder) fields() []*field {
	all := slices.Concat(b.bound, b.members)
	sort.Slice(all, func(i, j int) bool { return slices.Compare(all[i].Index, all[j].Index) < 0 })
	return all
}
