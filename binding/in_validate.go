package binding

import (
	"context"
	"reflect"
	"slices"

	"github.com/anygrain/anygrain/internal/gotype"
)

// validates is what a type of an In can have to check itself, by value or by
// pointer.
type validates interface {
	Validate(ctx context.Context) error
}

// checks is where in an In values with a Validate method can be. Types without
// one are not visited.
type checks []placedCheck

// placedCheck is one such place.
type placedCheck struct {
	index    []int // from the In; empty for the In itself
	location string
	*check
}

// check is a type on the way to Validate methods.
type check struct {
	self   bool         // it has one
	fields []fieldCheck // of a struct
	elem   *check       // of a pointer, slice, array or map
	live   bool         // there is a method here or below
}

// fieldCheck is the way into a field. Where a struct has a Validate method,
// that of a struct which it embeds is not called: the outer method replaces
// it, or is it.
type fieldCheck struct {
	index int
	step  string // as in a location: ".items", or "" for an embedded struct
	muted bool
	*check
}

// newChecks finds the Validate methods of an In's types.
func newChecks(p *In) checks {
	b := checkBuilder{}
	var found checks
	add := func(index []int, location string, c *check) {
		found = append(found, placedCheck{index, location, c})
	}
	if p.model.Bare {
		add(nil, string(InBody), b.check(p.typ))
	} else {
		own := gotype.Validates(p.typ)
		add(nil, "", &check{self: own, live: own})
		b.embedded(p.typ, nil, own, add)
		for _, field := range p.fields {
			add(field.Index, field.location, b.check(field.typ))
		}
	}
	b.prune()
	return slices.DeleteFunc(found, func(c placedCheck) bool { return !c.live })
}

// checkBuilder makes one check for each type, so that types can contain themselves.
type checkBuilder map[reflect.Type]*check

// embedded adds the structs that are embedded in the In itself; their fields
// are fields of it and have their own places.
func (b checkBuilder) embedded(t reflect.Type, index []int, muted bool, add func([]int, string, *check)) {
	for sf := range gotype.Fields(t) {
		if !sf.Inlined() || sf.Type.Kind() != reflect.Struct {
			continue
		}
		at := append(index[:len(index):len(index)], sf.Index...)
		own := gotype.Validates(sf.Type)
		if own && !muted && sf.IsExported() {
			add(at, "", &check{self: true, live: true})
		}
		b.embedded(sf.Type, at, muted || own, add)
	}
}

// check returns the check of a type, made when it is first asked for.
func (b checkBuilder) check(t reflect.Type) *check {
	if c, ok := b[t]; ok {
		return c
	}
	c := &check{self: gotype.Validates(t)}
	b[t] = c
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		c.elem = b.check(t.Elem())
	case reflect.Struct:
		for sf := range gotype.Fields(t) {
			if sf.IsExported() && sf.Tag.Get("json") != "-" {
				c.fields = append(c.fields, b.field(sf, c.self))
			}
		}
	}
	return c
}

func (b checkBuilder) field(sf gotype.Field, muted bool) fieldCheck {
	if sf.Inlined() {
		return fieldCheck{sf.Index[0], "", muted && sf.Anonymous, b.check(sf.Type)}
	}
	name, _ := sf.JSON()
	if name == "" {
		name = sf.Name
	}
	return fieldCheck{sf.Index[0], "." + name, false, b.check(sf.Type)}
}

// prune marks the types below which there is a method, until no more are
// found, and forgets the ways to the others.
func (b checkBuilder) prune() {
	for changed := true; changed; {
		changed = false
		for _, c := range b {
			if !c.live && c.leads() {
				c.live, changed = true, true
			}
		}
	}
	for _, c := range b {
		c.fields = slices.DeleteFunc(c.fields, func(f fieldCheck) bool { return !f.live })
		if c.elem != nil && !c.elem.live {
			c.elem = nil
		}
	}
}

func (c *check) leads() bool {
	return c.self || c.elem != nil && c.elem.live ||
		slices.ContainsFunc(c.fields, func(f fieldCheck) bool { return f.live })
}
