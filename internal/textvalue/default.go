package textvalue

import (
	"reflect"
	"strconv"
	"strings"
)

// Default is what a field holds when the request does not have it.
type Default struct {
	text  *Reader
	texts []string      // one for each element of a list
	ready reflect.Value // the value itself when it can be given to many
}

// DefaultOf reads the default tag of a field of the type. It reports what is wrong with it, ""
// when nothing is.
func DefaultOf(t reflect.Type, tag string) (*Default, string) {
	if t.Kind() == reflect.Pointer {
		return nil, "has a default and is a pointer: a pointer tells whether the value was there, and with a default it always is, so declare it as " + t.Elem().String()
	}
	text, ok := Of("", t)
	if !ok {
		return nil, "has a default and the type " + t.String() + ": a default is text, so it can be given to a scalar or a list of scalars only"
	}
	d := &Default{text: text, texts: []string{tag}}
	if text.List {
		d.texts = splitDefault(tag)
	}
	value := reflect.New(t).Elem()
	for _, s := range d.texts {
		if !text.Put(value, s) {
			return nil, "has the default " + strconv.Quote(s) + ", which " + text.Expected(s)
		}
	}
	if text.Shared && !text.List {
		d.ready = value
	}
	return d, ""
}

// splitDefault splits the default of a list at its commas.
func splitDefault(tag string) []string {
	if tag == "" {
		return nil
	}
	return strings.Split(tag, ",")
}

// Put gives a field its default.
func (d *Default) Put(dst reflect.Value) {
	if d.ready.IsValid() {
		dst.Set(d.ready)
		return
	}
	for _, s := range d.texts {
		d.text.Put(dst, s) // was read when the default was
	}
}
