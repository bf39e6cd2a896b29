package shape

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"reflect"
	"strings"
)

// Fingerprint is the same for two lists of types whose values have the same JSON
// form, and as good as never for others. The names of Go types and the order of
// the fields do not count; the fields' names, tags and kinds do.
//
// Types may refer to one another in circles, and share parts: each is described
// once, and by its number from then on. Types of one form have one number, whatever
// their names, so that it does not count how often a program declares the same.
func Fingerprint(types ...reflect.Type) string {
	forms := formsOf(parts(types))
	h := fnv.New64a()
	for _, t := range types {
		d := describer{forms: forms, numbers: map[uint64]int{}}
		d.describe(t)
		_, _ = io.WriteString(h, d.text.String()+";")
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// part is a type with the types that its values are made of.
type part struct {
	of   reflect.Type
	kind string // what can be said of it without them; of a struct the keys of its fields
	made []reflect.Type
}

func newPart(t reflect.Type) part {
	if t == nil {
		return part{kind: "none"}
	}
	if formsItself(t) {
		return part{of: t, kind: t.String()}
	}
	p := part{of: t, kind: t.Kind().String()}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		p.made = []reflect.Type{t.Elem()}
	case reflect.Array:
		p.kind, p.made = fmt.Sprintf("array %d", t.Len()), []reflect.Type{t.Elem()}
	case reflect.Map:
		p.made = []reflect.Type{t.Key(), t.Elem()}
	case reflect.Struct:
		for _, f := range sortedFields(t) {
			p.kind += ";" + f.key
			p.made = append(p.made, f.Type)
		}
	}
	return p
}

// parts lists the types and all that they are made of, each once.
func parts(types []reflect.Type) []part {
	var all []part
	seen := map[reflect.Type]bool{}
	for open := append([]reflect.Type(nil), types...); len(open) > 0; {
		t := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[t] {
			continue
		}
		seen[t] = true
		p := newPart(t)
		all = append(all, p)
		open = append(open, p.made...)
	}
	return all
}

// formsOf gives two types the same number if and only if their values have the same
// form. Of types in circles it begins with what can be said of one alone, and tells those
// apart that are made of types that were told apart, until no more are.
func formsOf(all []part) map[reflect.Type]uint64 {
	forms, circles := straightForms(all)
	for known := 0; ; {
		next, different := make([]uint64, len(circles)), map[uint64]bool{}
		for i, p := range circles {
			next[i] = p.sum(forms)
			different[next[i]] = true
		}
		for i, p := range circles {
			forms[p.of] = next[i]
		}
		if len(different) <= known {
			return forms
		}
		known = len(different)
	}
}

// straightForms are the forms of the types that are not in a circle and lead to none,
// and the other types: most have none.
func straightForms(all []part) (forms map[reflect.Type]uint64, circles []part) {
	forms = map[reflect.Type]uint64{}
	parts, begun := map[reflect.Type]part{}, map[reflect.Type]bool{}
	for _, p := range all {
		parts[p.of] = p
	}
	var form func(t reflect.Type) bool
	form = func(t reflect.Type) bool {
		if _, known := forms[t]; known || begun[t] {
			return known
		}
		begun[t] = true
		straight := true
		for _, made := range parts[t].made {
			straight = form(made) && straight
		}
		if straight {
			forms[t] = parts[t].sum(forms)
		}
		return straight
	}
	for _, p := range all {
		if !form(p.of) {
			circles = append(circles, p)
		}
	}
	return forms, circles
}

func (p part) sum(forms map[reflect.Type]uint64) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, p.kind)
	for _, t := range p.made {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, forms[t]))
	}
	return h.Sum64()
}

// describer writes a type as text.
type describer struct {
	text    strings.Builder
	forms   map[reflect.Type]uint64
	numbers map[uint64]int // of the forms that were described
}

func (d *describer) describe(t reflect.Type) {
	form := d.forms[t]
	if number, ok := d.numbers[form]; ok {
		fmt.Fprintf(&d.text, "^%d", number)
		return
	}
	d.numbers[form] = len(d.numbers)
	p := newPart(t)
	d.text.WriteString(p.kind + "{")
	for _, part := range p.made {
		d.describe(part)
		d.text.WriteByte(',')
	}
	d.text.WriteByte('}')
}
