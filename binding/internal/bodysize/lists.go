// Package bodysize bounds the memory that a JSON body takes when it is decoded.
//
// {} is two bytes in JSON, and hundreds in memory as an element of a list. So what a body
// would take is found out before it is decoded, where it could be much: a list or map that is
// longer than its rules allow is decoded up to the element that breaks them, and those without
// rules may take so many times the memory that the body has.
package bodysize

import (
	"bytes"
	"maps"
	"reflect"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/binding/internal/jsonname"
	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/rules"
)

const (
	TimesBody = 32      // what the elements of lists may take, in times the bytes of the body
	always    = 1 << 20 // bytes that those of any body may take
)

// sizes says what the elements of lists and maps in a value take, nil when there are none.
type sizes struct {
	fields map[string]*sizes // of a struct, by the names of their members, and by those folded
	elem   *sizes            // of a list or map
	kind   reflect.Kind      // Struct, Slice or Map
	size   int64             // bytes that an element takes in memory
	fixed  bool              // it is an array, with memory of its own
	most   int               // elements that are stored at most, one more than the rules allow; 0 when they do not say
}

// Lists knows the lists and maps in a value that is read from JSON. The zero value has none.
type Lists struct {
	top     *sizes
	largest int64 // bytes of the largest element
	ruled   bool
}

// None reports whether there are no lists and maps.
func (l Lists) None() bool { return l.top == nil }

// Ruled reports whether the rules limit one of the lists and maps.
func (l Lists) Ruled() bool { return l.ruled }

// builder makes the sizes of each type once: types can contain themselves.
type builder struct {
	made map[key]*sizes
	of   Lists
}

type key struct {
	typ reflect.Type
	tag string
}

// Member is a member of an object.
type Member struct {
	Name  string // in JSON
	Type  reflect.Type
	Rules string // its validate tag
}

// OfMembers returns the lists and maps in an object of these members.
func OfMembers(members []Member) Lists {
	b := builder{made: map[key]*sizes{}}
	top := &sizes{kind: reflect.Struct, fields: map[string]*sizes{}}
	for _, m := range members {
		if inner := b.value(m.Type, m.Rules); inner != nil {
			top.add(m.Name, inner)
		}
	}
	return b.done(top)
}

// OfValue returns the lists and maps in a value of the type, which has this validate tag.
func OfValue(t reflect.Type, tag string) Lists {
	b := builder{made: map[key]*sizes{}}
	return b.done(b.value(t, tag))
}

func (b *builder) done(top *sizes) Lists {
	if b.of.largest > 0 {
		b.of.top = top
	}
	return b.of
}

func (b *builder) value(t reflect.Type, tag string) *sizes {
	if t = gotype.Indirect(t); gotype.ReadsItself(t) {
		return nil
	}
	at := key{t, tag}
	if t.Kind() == reflect.Struct {
		at.tag = "" // those of its fields are their own
	}
	if known, ok := b.made[at]; ok {
		return known
	}
	switch t.Kind() {
	case reflect.Struct:
		return b.structure(t, at)
	case reflect.Array:
		_, inner := rules.CutDive(tag)
		return b.list(&sizes{kind: reflect.Slice, fixed: true}, t, inner, at)
	case reflect.Slice, reflect.Map:
		if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
			return nil // base64
		}
		_, inner := rules.CutDive(tag)
		made := &sizes{kind: t.Kind(), size: sizeInMemory(t.Elem()), most: MostElements(tag)}
		if t.Kind() == reflect.Map {
			made.size += sizeInMemory(t.Key())
		}
		b.of.largest = max(b.of.largest, made.size)
		b.of.ruled = b.of.ruled || made.most > 0
		return b.list(made, t, inner, at)
	}
	return nil
}

func (b *builder) list(made *sizes, t reflect.Type, tag string, at key) *sizes {
	b.made[at] = made
	made.elem = b.value(t.Elem(), tag)
	return made
}

func (b *builder) structure(t reflect.Type, at key) *sizes {
	made := &sizes{kind: reflect.Struct, fields: map[string]*sizes{}}
	b.made[at] = made
	b.members(made, t)
	return made
}

// members adds the members of a struct, those of embedded ones too.
func (b *builder) members(to *sizes, t reflect.Type) {
	for f := range gotype.Fields(t) {
		switch {
		case f.Excluded():
		case f.Inlined() && !gotype.ReadsItself(gotype.Indirect(f.Type)):
			if embedded := b.value(f.Type, ""); embedded != nil {
				maps.Copy(to.fields, embedded.fields)
			}
		case f.IsExported():
			if inner := b.value(f.Type, f.Tag.Get("validate")); inner != nil {
				to.add(f.Member(), inner)
			}
		}
	}
}

// sizeInMemory is what an element of the type takes, with what it points to.
func sizeInMemory(t reflect.Type) int64 {
	size := int64(t.Size())
	for t.Kind() == reflect.Pointer && size < always {
		t = t.Elem()
		size += int64(t.Size())
	}
	return size
}

// add adds a member. Names can be read loosely, by its tag or for the whole app; the sizes of
// one that is not there then is of no harm.
func (s *sizes) add(name string, inner *sizes) {
	s.fields[name] = inner
	if folded := jsonname.Fold(name); s.fields[folded] == nil {
		s.fields[folded] = inner
	}
}

// member returns the sizes of a member by its name in JSON.
func (s *sizes) member(quoted []byte) *sizes {
	if len(s.fields) == 0 {
		return nil
	}
	if inner := s.fields[string(quoted[1:len(quoted)-1])]; inner != nil {
		return inner
	}
	name, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil {
		return nil
	}
	if inner := s.fields[string(name)]; inner != nil {
		return inner
	}
	return s.fields[jsonname.Fold(string(name))]
}

// MayBeLarge reports whether a body could take more memory than any may: an element is behind
// a bracket or a comma.
func (l Lists) MayBeLarge(data []byte) bool {
	if int64(len(data)/2)*l.largest <= always {
		return false
	}
	most := int64(0)
	for _, before := range []string{",", "[", "{"} {
		if most += int64(bytes.Count(data, []byte(before))); most*l.largest > always {
			return true
		}
	}
	return false
}
