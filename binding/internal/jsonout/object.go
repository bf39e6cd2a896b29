package jsonout

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/gotype"
)

// member is a field of a struct as a member of an object.
type member struct {
	index     int
	name      []byte // quoted, with the colon
	append    appender
	omitZero  bool
	omitEmpty bool
}

// object returns the appender of a struct, nil when a tag has an option that is
// not known here, a field is embedded, or the struct contains itself.
func (c *compiler) object(t reflect.Type) appender {
	var members []member
	for f := range gotype.Fields(t) {
		m, skip, ok := c.member(f)
		switch {
		case !ok:
			return nil
		case skip:
		case slices.ContainsFunc(members, func(o member) bool { return bytes.Equal(o.name, m.name) }):
			return nil
		default:
			members = append(members, m)
		}
	}
	return func(dst []byte, v reflect.Value) ([]byte, bool) { return appendObject(dst, v, members) }
}

// member compiles a field. It skips those that are no members.
func (c *compiler) member(f gotype.Field) (m member, skip, ok bool) {
	tag, tagged := f.Tag.Lookup("json")
	switch {
	case f.Anonymous:
		return m, false, false
	case !f.IsExported(), tag == "-":
		return m, true, !tagged || tag == "-" // a tag on what is no member is a mistake to report
	}
	name, options, _ := strings.Cut(tag, ",")
	if name == "" {
		name = f.Name
	}
	if strings.ContainsAny(name, `'"\`) || !utf8.ValidString(name) {
		return m, false, false // names have quotes of their own
	}
	m = member{index: f.Index[0], append: c.value(f.Type)}
	if options != "" {
		for option := range strings.SplitSeq(options, ",") {
			switch option {
			case "omitzero":
				m.omitZero = true
			case "omitempty":
				m.omitEmpty = true
			default:
				return m, false, false
			}
		}
	}
	if m.omitZero && saysZero(f.Type) {
		return m, false, false
	}
	quoted, err := jsontext.AppendQuote(nil, name)
	m.name = append(quoted, ':')
	return m, false, err == nil
}

// saysZero reports whether the type says itself what is zero.
func saysZero(t reflect.Type) bool {
	type isZero interface{ IsZero() bool }
	says := reflect.TypeFor[isZero]()
	return t.Implements(says) || t.Kind() != reflect.Interface && reflect.PointerTo(t).Implements(says)
}

func appendObject(dst []byte, v reflect.Value, members []member) ([]byte, bool) {
	dst = append(dst, '{')
	first := len(dst)
	for i := range members {
		m := &members[i]
		field := v.Field(m.index)
		if m.omitZero && field.IsZero() {
			continue
		}
		before := len(dst)
		if before > first {
			dst = append(dst, ',')
		}
		dst = append(dst, m.name...)
		start := len(dst)
		var ok bool
		if dst, ok = m.append(dst, field); !ok {
			return dst, false
		}
		if m.omitEmpty && empty(dst[start:]) {
			dst = dst[:before]
		}
	}
	return append(dst, '}'), true
}

// empty reports whether the JSON is what omitempty leaves out.
func empty(value []byte) bool {
	return len(value) == 2 && (value[0] == '"' || value[0] == '[' || value[0] == '{') || bytes.Equal(value, []byte("null"))
}
