package binding

import (
	"context"
	"reflect"
)

// Where names the part of a request or reply that a field is bound to.
type Where string

// The parts of requests and replies.
const (
	Path   Where = "path"
	Query  Where = "query"
	Head   Where = "header"
	Cookie Where = "cookie"
	Form   Where = "form"
	Body   Where = "body"   // a member of the JSON body, or the whole body when Name is ""
	Status Where = "status" // Out only
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

// In is the compiled plan of an input type. It is safe for concurrent use.
type In struct{}

// CompileIn compiles the plan of an input type, or reports everything that is
// wrong with it.
func CompileIn(t reflect.Type) (*In, []Problem) { return nil, nil }

// CheckRules holds the validate tags of the type against the validator.
func (p *In) CheckRules(v Validator) []Problem { return nil }

// Fields lists the bound fields in the order of their declaration.
func (p *In) Fields() []Field { return nil }

// Bind fills dst, a non-nil pointer to the plan's type, from the request and
// validates it. The error is an *Error, or what the type's Validate method returned.
func (p *In) Bind(ctx context.Context, dst any, src Source, limits Limits, v Validator) error {
	return nil
}

// BindJSON fills dst from the direct form, the whole In as one JSON object, and validates it.
func (p *In) BindJSON(ctx context.Context, dst any, data []byte, limits Limits, v Validator) error {
	return nil
}

// Validate runs the rules and Validate methods alone, on an In that was built in Go.
func (p *In) Validate(ctx context.Context, in any, v Validator) error { return nil }

// AppendJSON appends the direct form of in, a pointer to the plan's type.
func (p *In) AppendJSON(dst []byte, in any) ([]byte, error) { return nil, nil }
