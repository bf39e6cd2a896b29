// Package model says what the types of a function's In and Out say: their fields with places
// and names, the JSON forms of all they are made of, rules and defaults. It is made from a type
// once, by [Input] or [Output], which check the declaration and report all that is wrong with it.
//
// A model is data. Who reads it needs no reflection: the description of a function, the
// fingerprint of a contract, whether values come back from JSON, the proof of a build. What a
// request runs is no model but a codec, which binding compiles from one.
package model

import "slices"

// Model is what the type of an In or an Out says.
type Model struct {
	Name   string  // of the type, as problems have it: "GetInput"
	Root   Ref     // the type itself
	Output bool    // it is of an Out
	Bare   bool    // the value as it is, not fields of it, is the whole body
	Fields []Field // what a request or reply has, in the order of declaration
	Types  []Type  // all that the values are made of, by Ref
}

// Place is the part of a request or reply that a field is bound to.
type Place string

// The parts of requests and replies.
const (
	InPath   Place = "path"
	InQuery  Place = "query"
	InHeader Place = "header"
	InCookie Place = "cookie"
	InForm   Place = "form"
	InBody   Place = "body"   // a member of the JSON body, or the whole body when Name is ""
	InStatus Place = "status" // of an Out alone
)

// Field is one bound field.
type Field struct {
	Go         string // its path within the type: "Limit", "Paging.Cursor"; "" for the value itself
	Index      []int  // as in reflect.StructField.Index
	Place      Place
	Name       string // the client's name there; "" for a whole body and for status
	JSON       string // the name of its member in the direct form, "-" for none
	Tag        string // the json tag that says so with its options: "limit,omitzero"
	As         As
	Default    string // the default tag, if HasDefault
	HasDefault bool
	Rules      string // the validate tag
	Doc        string // the doc tag
	Type       Ref
}

// As says how a field is carried in its place.
type As int

// The ways in which fields are carried.
const (
	AsJSON   As = iota // a member of the JSON body, or that body
	AsText             // one text, or a repeated one
	AsBytes            // a whole body of bytes
	AsString           // a whole body of text
	AsStream           // a whole body that is read, or written, bit by bit
	AsFile             // uploaded files
	AsCookie           // cookies with their attributes
	AsStatus           // the status of a reply
)

// Whole reports whether the field is the whole body.
func (f *Field) Whole() bool { return f.Place == InBody && f.Name == "" }

// Member reports whether the field is a member of the JSON body.
func (f *Field) Member() bool { return f.Place == InBody && f.Name != "" }

// Whole returns the field that is the whole body, nil when there is none.
func (m *Model) Whole() *Field {
	if i := slices.IndexFunc(m.Fields, func(f Field) bool { return f.Whole() }); i >= 0 {
		return &m.Fields[i]
	}
	return nil
}

// Type returns what a Ref stands for.
func (m *Model) Type(r Ref) *Type { return &m.Types[r] }

// Visit goes through a type and all that its values are made of, each once. What visit returns
// says whether to go into a type. Keys of maps are left out.
func (m *Model) Visit(r Ref, visit func(*Type) bool) {
	seen := make([]bool, len(m.Types))
	var into func(Ref)
	into = func(r Ref) {
		if r == None || seen[r] {
			return
		}
		seen[r] = true
		t := m.Type(r)
		if !visit(t) {
			return
		}
		into(t.Elem)
		for i := range t.Members {
			into(t.Members[i].Type)
		}
	}
	into(r)
}

// Indirect follows pointers, up to one that leads to itself.
func (m *Model) Indirect(r Ref) Ref {
	for seen := 0; m.Types[r].Read == Pointer && seen < len(m.Types); seen++ {
		r = m.Types[r].Elem
	}
	return r
}

// MemberByGo finds a field of a struct by its name in Go, nil when there is none.
func (m *Model) MemberByGo(r Ref, name string) *Member {
	for i := range m.Types[r].Members {
		if member := &m.Types[r].Members[i]; member.Go == name {
			return member
		}
	}
	return nil
}

// MemberByJSON finds a field of a struct by the name of its member in JSON, through structs that
// it embeds, nil when there is none.
func (m *Model) MemberByJSON(r Ref, name string) *Member {
	for i := range m.Types[r].Members {
		switch member := &m.Types[r].Members[i]; {
		case member.Inlined:
			if inner := m.MemberByJSON(m.Indirect(member.Type), name); inner != nil {
				return inner
			}
		case member.JSON == name:
			return member
		}
	}
	return nil
}
