package model

import (
	"reflect"

	"github.com/anygrain/anygrain/internal/gotype"
)

// checkJSON reports what in a type cannot be written as JSON, so that it shows
// at registration and not with the first reply.
func (b *outputBuilder) checkJSON(field string, t reflect.Type) {
	w := jsonChecker{outputBuilder: b, field: field, seen: map[reflect.Type]bool{}}
	w.check(t, "")
}

// jsonChecker walks the types that a value of a field can be made of.
type jsonChecker struct {
	*outputBuilder
	field string
	seen  map[reflect.Type]bool
}

// check checks a type; within is the Go path to it below the field.
func (w *jsonChecker) check(t reflect.Type, within string) {
	if w.seen[t] {
		return
	}
	w.seen[t] = true
	if problem := foreignForm(gotype.PointedStruct(t)); problem != "" { // a pointer has the methods too
		w.add(w.place(within), "%s", problem)
	}
	if gotype.IsDuration(t) || gotype.WritesItself(t) {
		return
	}
	switch t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		w.refuse(t, within, "JSON has no form for it: "+without(w.field+within))
	case reflect.Pointer:
		w.check(t.Elem(), within)
	case reflect.Slice, reflect.Array:
		w.check(t.Elem(), within+"[]")
	case reflect.Map:
		w.checkKey(t.Key(), within)
		w.check(t.Elem(), within+"[key]")
	case reflect.Struct:
		w.checkStruct(t, within)
	}
}

func (w *jsonChecker) checkKey(t reflect.Type, within string) {
	k := t.Kind()
	if k == reflect.Bool || k > reflect.Float64 && k != reflect.String && k != reflect.Interface && !gotype.WritesItself(t) {
		w.refuse(t, within, "it is the key of a map, and JSON wants a string, a number or an encoding.TextMarshaler there")
	}
}

func (w *jsonChecker) checkStruct(t reflect.Type, within string) {
	w.probeWritten(w.field+within, t)
	for sf := range gotype.Fields(t) {
		for _, problem := range tagProblems(sf) {
			w.add(w.place(within+"."+sf.Name), "%s", problem)
		}
		if !sf.Excluded() && (sf.IsExported() || sf.Anonymous) {
			w.check(sf.Type, within+"."+sf.Name)
		}
	}
}

func (w *jsonChecker) refuse(t reflect.Type, within, why string) {
	w.add(w.place(within), "is a %s: %s", t, why)
}

// place is the Go path of what is within the field.
func (w *jsonChecker) place(within string) string {
	if w.field == "" && within != "" && within[0] == '.' {
		return within[1:]
	}
	return w.field + within
}

// probeWritten is probe of what is written. A type with a form of its own has no members.
func (p *problems) probeWritten(field string, t reflect.Type) {
	if !gotype.WritesItself(t) {
		p.probe(field, t)
	}
}
