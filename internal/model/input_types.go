package model

import (
	"encoding"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/gotype"
)

// checkTypes goes through the types that the In's values are made of, and reports what JSON
// cannot be read into, so that it shows at registration and not with the first request.
func (b *inputBuilder) checkTypes() {
	wrong := len(b.list) > 0
	if b.model.Bare {
		b.checkType("", b.whole.typ)
		return
	}
	b.checkEmbeddedForm("", b.of)
	for _, f := range b.fields {
		switch {
		case f.text != nil:
			b.checkTextType(f)
		case f.As == AsStream, f.As == AsText: // not JSON, or reported already
		default:
			b.checkType(f.Go, f.typ)
		}
	}
	if !wrong { // names that a struct cannot have, for one
		b.probeObjects()
	}
}

// probeObjects lets the JSON package look at the objects that are read: that of the body, and
// the direct form.
func (b *inputBuilder) probeObjects() {
	switch members := b.in(InBody); {
	case len(members) == len(b.fields) && len(members) > 0:
		b.probe("", b.of)
		return
	case len(members) > 0:
		b.probe("", objectOf(members))
	}
	b.probe("", objectOf(b.fields))
}

var textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()

var textMarshalers = []reflect.Type{
	reflect.TypeFor[encoding.TextMarshaler](),
	reflect.TypeFor[encoding.TextAppender](),
	reflect.TypeFor[json.Marshaler](),
	reflect.TypeFor[json.MarshalerTo](),
}

// checkTextType reports a type that can be read from text and not written as it:
// a call from another unit writes it.
func (b *inputBuilder) checkTextType(f *field) {
	t := f.typ
	if f.text.List || f.text.Pointer {
		t = t.Elem()
	}
	if problem := foreignText(t); problem != "" {
		b.add(f.Go, "%s", problem)
	}
	if !reflect.PointerTo(t).Implements(textUnmarshalerType) {
		return
	}
	for _, m := range textMarshalers {
		if reflect.PointerTo(t).Implements(m) {
			return
		}
	}
	b.add(f.Go, "has the type %s, which has UnmarshalText and no MarshalText: a call of the function from another unit writes it as JSON, so add MarshalText", f.typ)
}

// checkType reports what in a type JSON cannot be read into.
func (b *inputBuilder) checkType(path string, t reflect.Type) {
	if b.seen[t] {
		return
	}
	b.seen[t] = t.Name() != "" // only through its name can a type contain itself
	b.checkEmbeddedForm(path, t)
	switch t.Kind() {
	case reflect.Struct:
		b.checkStruct(path, t)
		return
	case reflect.Pointer:
		b.checkType(path, t.Elem())
		return
	}
	if gotype.ReadsItself(t) {
		return
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		b.checkType(path+"[]", t.Elem())
	case reflect.Map:
		b.checkKey(path, t.Key())
		b.checkType(path+"[key]", t.Elem())
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		b.add(path, "has the type %s, which JSON has no form for: %s", t, without(path))
	case reflect.Interface:
		if t.NumMethod() > 0 {
			b.add(path, `has the type %s, an interface, and JSON does not say which type to make: use a concrete type or any, or %s`, t, without(path))
		}
	}
}

func (b *inputBuilder) checkKey(path string, t reflect.Type) {
	switch k := t.Kind(); {
	case gotype.ReadsItself(t), k == reflect.String, k >= reflect.Int && k <= reflect.Float64:
	default:
		b.add(path, "is a map with keys of type %s: JSON names its members by strings, so use a string, a number or a type with UnmarshalText", t)
	}
}

func (b *inputBuilder) checkStruct(path string, t reflect.Type) {
	if gotype.ReadsItself(t) {
		return
	}
	b.probe(path, t)
	if len(b.list) == 0 { // else it may be said already
		b.checkHidden(path, t)
	}
	for sf := range gotype.Fields(t) {
		if _, ok := sf.Tag.Lookup("default"); ok {
			b.add(join(path, sf.Name), "has a default inside a value of the body, where it is never applied: only the fields of the input itself have defaults")
		}
		for _, problem := range tagProblems(sf) {
			b.add(join(path, sf.Name), "%s", problem)
		}
		if !sf.Excluded() && (sf.IsExported() || sf.Anonymous) {
			b.checkType(join(path, sf.Name), sf.Type)
		}
	}
}

// without says what to do without a type that stands at a Go path.
func without(path string) string {
	if strings.Trim(path, "[]key") == "" {
		return "use another type"
	}
	return `exclude the field with json:"-"`
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
