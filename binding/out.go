package binding

import (
	"fmt"
	"io"
	"reflect"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/model"
)

// Out is the codec of an output type. It is safe for concurrent use.
type Out struct {
	typ     reflect.Type // as it was given
	typed   reflect.Type // the struct behind a pointer, or typ
	model   *model.Model
	status  outPlace // without an index when there is no status field
	headers []outHeader
	cookies []outCookie
	body    outBody
	direct  *view // the direct form; nil when it is the JSON body or a body without a struct
	empty   bool
	setsCT  bool // a field carries the Content-Type
}

// outPlace is a field of the Out's struct.
type outPlace struct {
	index []int
	field string // its Go path, for errors
}

// CompileOut compiles the codec of an output type, or reports everything that is
// wrong with it.
//
// A struct is spread over the reply by the tags of its fields:
//
//	header:"X-Y"  a field of the header. Empty strings, nil pointers and zero times are left out,
//	              other zero values are written. A slice gives one field per element.
//	              A time.Time is an HTTP date, any encoding.TextMarshaler its text.
//	cookie:"name" a cookie: a string (left out when empty) or SetCookie, *SetCookie, []SetCookie
//	status:""     an integer: the status; 0 leaves it to the route
//	body:""       the whole body: string, []byte, io.Reader (streamed), or any value as JSON
//
// The other fields, under their json names, are members of the JSON body. A
// type that is no struct, or that has its own JSON or text form, is the body.
func CompileOut(t reflect.Type) (*Out, []Problem) {
	m, problems := model.Output(t)
	if len(problems) > 0 {
		return nil, problems
	}
	p := &Out{typ: t, typed: gotype.PointedStruct(t), model: m}
	p.compile()
	return p, nil
}

// Fields lists the bound fields in the order of their declaration. An Out that
// is no struct has one, the whole body.
func (p *Out) Fields() []Field { return fieldsOf(p.model, p.typed) }

// Empty reports whether replies of the type never have a body (204 by default).
func (p *Out) Empty() bool { return p.empty }

// ContentType returns the media type of the body when the type alone decides
// it, "" when there is no body or a field carries the type.
func (p *Out) ContentType() string {
	if p.setsCT {
		return ""
	}
	return p.body.contentType()
}

// Rendered is a reply in the terms of HTTP.
type Rendered struct {
	Status int       // 0 when the Out does not say
	Header Header    // with Content-Type when there is a body, and Set-Cookie
	Body   []byte    // nil when Stream is set or there is none
	Stream io.Reader // a body that is read once; closed by the host when it is an io.Closer
}

// value returns the value behind out, which is a pointer to the Out's type,
// and behind the type's own pointer. The value is invalid for a nil pointer.
func (p *Out) value(out any) (reflect.Value, error) {
	v := reflect.ValueOf(out)
	if !v.IsValid() || v.Kind() != reflect.Pointer || v.Type().Elem() != p.typ || v.IsNil() {
		return v, fmt.Errorf("binding: got a %T, want a non-nil pointer to %s, the type that the codec was compiled for", out, p.typ)
	}
	v = v.Elem()
	if p.typed != p.typ {
		v = v.Elem()
	}
	return v, nil
}

// errorAt names the type and the field.
func (p *Out) errorAt(field string, err error) error {
	return fmt.Errorf("%s: %w", model.FieldPath(p.typed, field), err)
}
