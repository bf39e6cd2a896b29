package model

import (
	"net/textproto"
	"reflect"

	"github.com/anygrain/anygrain/internal/fieldline"
	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/textvalue"
)

// placeAll checks the fields that have a tag, and finds how each is carried.
func (b *outputBuilder) placeAll() {
	for i, f := range b.bound {
		if name, _ := splitTag(f.tag); name == "" {
			f.JSON = f.Name
		}
		switch f.Place {
		case InHeader:
			b.placeHeader(f, b.bound[:i])
		case InCookie:
			b.placeCookie(f, b.bound[:i])
		case InStatus:
			b.placeStatus(f)
		default:
			b.placeBody(f)
		}
	}
	if len(b.bound) > 0 {
		for _, f := range b.pointers {
			b.add(f.Go, "is a struct embedded by pointer, next to fields that are bound by tags: embed %s by value", f.typ.Elem())
		}
	}
}

func (b *outputBuilder) placeHeader(f *field, before []*field) {
	f.As = AsText
	name := textproto.CanonicalMIMEHeaderKey(f.Name)
	switch {
	case !fieldline.IsToken(f.Name):
		b.add(f.Go, `has the tag header:%q, which is no name of a header: want letters, digits and dashes, as in header:"X-Total-Count"`, f.Name)
	case fieldline.IsHosts(name):
		b.add(f.Go, "sets the header %s, which belongs to the host that writes the response: remove the field", name)
	case !textvalue.Writes(f.typ):
		b.add(f.Go, "is a %s, which is no value of a header: want a string, bool, number, time.Time, time.Duration, an encoding.TextMarshaler, or a pointer to or slice of these", f.typ)
	case name == "Content-Type" && f.typ.Kind() != reflect.String:
		b.add(f.Go, "is a %s and bound to Content-Type: want a string", f.typ)
	}
	if problem := foreignText(headerElement(f.typ)); problem != "" {
		b.add(f.Go, "%s", problem)
	}
	for _, other := range before {
		if other.Place == InHeader && textproto.CanonicalMIMEHeaderKey(other.Name) == name {
			b.add(f.Go, "is bound to the header %s, as is %s: use one field, a slice for several values", name, other.Go)
		}
	}
}

func (b *outputBuilder) placeCookie(f *field, before []*field) {
	f.As = AsCookie
	if f.typ.Kind() == reflect.String {
		f.As = AsText
	}
	switch {
	case !fieldline.IsToken(f.Name):
		b.add(f.Go, `has the tag cookie:%q, which is no name of a cookie: want letters, digits and dashes, as in cookie:"session"`, f.Name)
	case f.As == AsCookie && !isSetCookie(f.typ):
		b.add(f.Go, "is a %s, which is no cookie: want a string, binding.SetCookie, a pointer to it or a slice of it", f.typ)
	}
	for _, other := range before {
		if other.Place == InCookie && other.Name == f.Name {
			b.add(f.Go, "is bound to the cookie %s, as is %s: use one field, []binding.SetCookie for several", f.Name, other.Go)
		}
	}
}

// isSetCookie reports whether the type has cookies with their attributes.
func isSetCookie(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice && t.Name() == "" {
		t = t.Elem()
	}
	return isOurs(t, "SetCookie")
}

func (b *outputBuilder) placeStatus(f *field) {
	f.As = AsStatus
	if f.JSON == "" {
		f.JSON = string(InStatus)
	}
	switch {
	case f.Name != "":
		b.add(f.Go, `has the tag status:%q: write status:"" and set the field`, f.Name)
	case f.typ.Kind() < reflect.Int || f.typ.Kind() > reflect.Int64:
		b.add(f.Go, "is a %s: a status is an int", f.typ)
	case b.status != nil:
		b.add(f.Go, "is a second status, after %s: a reply has one", b.status.Go)
	}
	b.status = f
}

func (b *outputBuilder) placeBody(f *field) {
	if f.JSON == "" {
		f.JSON = string(InBody)
	}
	switch {
	case f.Name != "":
		b.add(f.Go, `has the tag body:%q: write body:"", and header:"Content-Type" on a string field for the media type`, f.Name)
	case b.body != nil:
		b.add(f.Go, "is a second body, after %s: a reply has one", b.body.Go)
	}
	f.As = outputBody(f.typ)
	b.body = f
	if f.As == AsJSON {
		b.checkJSON(f.Go, f.typ)
	}
}

// headerElement is the type of the values of a field of a header.
func headerElement(t reflect.Type) reflect.Type {
	if t = gotype.PointedStruct(t); t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		t = gotype.PointedStruct(t.Elem())
	}
	return t
}
