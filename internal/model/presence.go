package model

import (
	"slices"
	"strings"
)

// Presence says whether a value is there, for descriptions: of an In what a request may do, of an
// Out what a reply may have.
type Presence struct {
	Absent bool // it may be left out
	Null   bool // it may be null
	Zero   bool // of an In: it may be sent as what is zero in Go, an empty text, 0, false, an empty list or object
}

// Presence returns what is known of a field. Of an In only the rule required counts: whether other
// rules take the zero value that is bound when nothing was sent, the rules say. What is read from
// text is never null. A status that is 0 is left to the route.
func (m *Model) Presence(f *Field) Presence {
	if m.Output && f.Place != InBody {
		return Presence{Absent: f.As == AsStatus || m.mayHaveNoText(f.Type)}
	}
	if m.Output {
		return m.written(f.Type, hasOption(f.Tag, "omitempty"), hasOption(f.Tag, "omitzero"), m.behindPointer(f))
	}
	p := m.read(f.Type, f.Rules)
	p.Absent = p.Absent || f.HasDefault
	p.Null = p.Null && f.As == AsJSON
	return p
}

// MemberPresence is Presence of a field of a struct within.
func (m *Model) MemberPresence(member *Member) Presence {
	if m.Output {
		return m.written(member.Type, member.OmitEmpty, member.OmitZero, false)
	}
	return m.read(member.Type, member.Rules)
}

// read is what a request may do. A member that is null is there, and zero; what required asks of
// pointers, lists and objects is that they are not nil.
func (m *Model) read(r Ref, rules string) Presence {
	if !mustHaveValue(rules) {
		return Presence{Absent: true, Null: true, Zero: true}
	}
	switch m.Type(r).Read {
	case Pointer, List, Map, Bytes, Any:
		return Presence{Zero: m.Type(r).Kind != "array"}
	}
	return Presence{}
}

// written is what a reply may have. Nil lists and objects are empty ones.
func (m *Model) written(r Ref, omitEmpty, omitZero, behindPointer bool) Presence {
	return Presence{
		Absent: omitZero || omitEmpty && m.MayBeEmpty(r) || behindPointer,
		Null:   m.mayBeNull(r) && !omitEmpty && !(omitZero && m.nullIsZero(r)),
	}
}

// mayHaveNoText reports whether a value of the type can be left out of a header: empty texts and
// lists, nil and the zero time are, other zeros are written.
func (m *Model) mayHaveNoText(r Ref) bool {
	switch t := m.Type(r); t.Write {
	case Bool, Int, Uint, Float, Duration:
		return false
	case Array:
		return t.Len == 0 || m.mayHaveNoText(t.Elem)
	}
	return true
}

// behindPointer reports whether a field of an Out is one of a struct that is embedded by pointer.
func (m *Model) behindPointer(f *Field) bool {
	at := m.Indirect(m.Root)
	for _, i := range f.Index[:max(0, len(f.Index)-1)] {
		within := m.Type(at).Members[i].Type
		if m.Type(within).Write == Pointer {
			return true
		}
		at = within
	}
	return false
}

// mayBeNull reports whether a value of the type can be written as null. Methods can write anything.
func (m *Model) mayBeNull(r Ref) bool {
	return slices.Contains([]Form{Pointer, Any, OwnJSON}, m.Type(r).Write)
}

// nullIsZero reports whether only the zero value of a type is written as null.
func (m *Model) nullIsZero(r Ref) bool {
	t := m.Type(r)
	return t.Write == Pointer && !m.mayBeNull(t.Elem)
}

// MayBeEmpty reports whether a value of the type can be null, or an empty text, list or object.
func (m *Model) MayBeEmpty(r Ref) bool {
	switch t := m.Type(r); t.Write {
	case String, List, Map, Pointer, Any, OwnText, OwnJSON:
		return true
	case Bytes, Array:
		return t.Len == 0
	case Struct:
		return !slices.ContainsFunc(t.Members, m.isAlwaysThere)
	}
	return false
}

// isAlwaysThere reports whether objects always have the member.
func (m *Model) isAlwaysThere(member Member) bool {
	switch {
	case member.Type == None || !member.Exported && !member.Inlined:
		return false
	case member.Inlined:
		return m.Type(member.Type).Write == Struct && !m.MayBeEmpty(member.Type)
	}
	return !m.MemberPresence(&member).Absent
}

// Requires reports whether the rules of the field itself, not those of its elements, have
// required.
func (f *Field) Requires() bool {
	return slices.Contains(ownRules(f.Rules), "required")
}

// mustHaveValue reports whether required is asked of a value whatever it is.
func mustHaveValue(rules string) bool {
	for _, rule := range ownRules(rules) {
		switch rule {
		case "required":
			return true
		case "omitempty", "omitnil", "omitzero": // ends the rules of what is not there
			return false
		}
	}
	return false
}

// ownRules are the rules of a value itself.
func ownRules(tag string) []string {
	rules := strings.Split(tag, ",")
	if i := slices.Index(rules, "dive"); i >= 0 {
		return rules[:i]
	}
	return rules
}

// hasOption reports whether a json tag has an option.
func hasOption(tag, option string) bool {
	_, options := splitTag(tag)
	return slices.Contains(strings.Split(options, ","), option)
}
