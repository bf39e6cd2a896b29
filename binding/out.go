package binding

import (
	"io"
	"reflect"
)

// Out is the compiled plan of an output type. It is safe for concurrent use.
type Out struct{}

// CompileOut compiles the plan of an output type, or reports everything that is
// wrong with it.
func CompileOut(t reflect.Type) (*Out, []Problem) { return nil, nil }

// Fields lists the bound fields in the order of their declaration.
func (p *Out) Fields() []Field { return nil }

// Empty reports whether replies of the type never have a body (204 by default).
func (p *Out) Empty() bool { return false }

// ContentType returns the media type of the body when the type alone decides
// it, "" when there is no body or a field carries the type.
func (p *Out) ContentType() string { return "" }

// Rendered is a reply in the terms of HTTP.
type Rendered struct {
	Status int       // 0 when the Out does not say
	Header Header    // with Content-Type when there is a body, and Set-Cookie
	Body   []byte    // nil when Stream is set or there is none
	Stream io.Reader // a body that is read once; closed by the host when it is an io.Closer
}

// Render renders out, a pointer to the plan's type.
func (p *Out) Render(out any) (Rendered, error) { return Rendered{}, nil }

// AppendJSON appends the direct form of out: the whole Out as one JSON value.
func (p *Out) AppendJSON(dst []byte, out any) ([]byte, error) { return nil, nil }

// DecodeJSON is the inverse of AppendJSON; dst is a pointer to the plan's type.
func (p *Out) DecodeJSON(dst any, data []byte) error { return nil }
