package binding

import (
	"reflect"
	"slices"

	"github.com/anygrain/anygrain/internal/model"
)

// Where names the part of a request or reply that a field is bound to.
type Where string

// The parts of requests and replies.
const (
	InPath   Where = "path"
	InQuery  Where = "query"
	InHeader Where = "header"
	InCookie Where = "cookie"
	InForm   Where = "form"
	InBody   Where = "body"   // a member of the JSON body, or the whole body when Name is ""
	InStatus Where = "status" // Out only
)

// Field describes one bound field, for route tables, API descriptions and docs.
type Field struct {
	Go       string       // Go path within the type: "Limit", "Paging.Cursor"
	Where    Where        // the part
	Name     string       // the client's name there; "" for a whole body and for status
	JSON     string       // the member's name in the direct form
	Type     reflect.Type // the field's Go type
	Default  string       // the default tag
	HasDef   bool         // whether there is a default tag
	Rules    string       // the validate tag
	Doc      string       // the doc tag
	Required bool         // whether the rules require it
	Index    []int        // as in reflect.StructField.Index
}

// fieldsOf lists the fields of a model with their types in t.
func fieldsOf(m *model.Model, t reflect.Type) []Field {
	fields := make([]Field, len(m.Fields))
	for i, f := range m.Fields {
		fields[i] = Field{
			Go: f.Go, Where: Where(f.Place), Name: f.Name, JSON: f.JSON, Type: typeAt(t, f.Index), Default: f.Default, HasDef: f.HasDefault,
			Rules: f.Rules, Doc: f.Doc, Required: !m.Output && f.Requires(), Index: slices.Clone(f.Index),
		}
	}
	return fields
}
