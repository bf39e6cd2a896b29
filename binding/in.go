package binding

import (
	"context"
	"reflect"
	"sync"

	"github.com/anygrain/anygrain/binding/internal/bodysize"
	"github.com/anygrain/anygrain/binding/internal/jsonoptions"
	"github.com/anygrain/anygrain/internal/model"
	"github.com/anygrain/anygrain/internal/rules"
)

// In is the codec of an input type. It is safe for concurrent use.
type In struct {
	typ    reflect.Type
	model  *model.Model
	broken bool         // there were problems: nothing can be bound
	ruled  reflect.Type // the struct whose tags hold the rules; nil when there is none

	fields                            []*inField // in the order of declaration
	path, query, header, cookie, form []*inField
	whole                             *inField // the field that takes the whole body; nil when there is none

	body   *object // what the JSON body is decoded into; nil when no field is a member of it
	direct *object // what the direct form is decoded into; nil when the In itself is the whole body

	lists  bodysize.Lists // of the whole body, when that is one value
	maps   bool           // one of the fields holds a map
	json   *jsonoptions.Input
	checks checks

	buffers sync.Pool // of *bytes.Buffer, for bodies that come as a stream
}

// CompileIn compiles the codec of an input type, or reports everything that is
// wrong with it.
//
// The type is a struct whose tags say where its fields come from, or any other
// type that can be read from JSON, which then is the whole body. An empty
// struct takes nothing. With problems the In only describes: Fields and
// CheckRules tell what could be made out, and nothing can be bound.
func CompileIn(t reflect.Type) (*In, []Problem) {
	m, problems := model.Input(t)
	p := &In{typ: t, model: m, broken: len(problems) > 0}
	if t.Kind() != reflect.Pointer { // which is a problem by itself
		p.ruled = typeOfRules(t)
	}
	if !p.broken {
		p.compile()
	}
	return p, problems
}

// Fields lists the bound fields in the order of their declaration. The slice
// is the caller's own.
func (p *In) Fields() []Field {
	if p == nil {
		return nil
	}
	return fieldsOf(p.model, p.typ)
}

// Bind overwrites dst, a non-nil pointer to the In's type, with what the
// request says, and validates it. The error is an *Error, or what the type's
// Validate method returned.
//
// All that is wrong is reported at once, in the order of the fields: parts
// that cannot be read, and broken rules of the fields that could be read. A
// body that is too large, broken off or of the wrong media type is reported
// alone.
func (p *In) Bind(ctx context.Context, dst any, src Source, limits Limits, v Validator) error {
	r := p.newRequest(dst, src, limits.orDefault())
	r.ctx = ctx
	defer r.release()
	r.asks(v)
	if err := r.read(); err != nil {
		return err
	}
	if r.refused != nil {
		return r.refused
	}
	return p.judge(ctx, dst, &r.faults, v)
}

// BindJSON overwrites dst with the direct form, the whole In as one JSON
// object, and validates it. Empty data and null are an object without members.
//
// Violations have the locations that a client over HTTP would see
// ("query.limit"), so that every host gives the same answer.
func (p *In) BindJSON(ctx context.Context, dst any, data []byte, limits Limits, v Validator) error {
	limits = limits.orDefault()
	if int64(len(data)) > limits.Body {
		return tooLarge(limits.Body)
	}
	r := p.newRequest(dst, nil, limits)
	defer r.release()
	r.asks(v)
	if r.readDirect(data); r.refused != nil {
		return r.refused
	}
	return p.judge(ctx, dst, &r.faults, v)
}

// DecodeJSON is BindJSON without the rules: what is absent gets its default.
func (p *In) DecodeJSON(dst any, data []byte, limits Limits) error {
	return p.decode(dst, data, limits, false)
}

// DecodeExact overwrites dst, a non-nil pointer to the In's type, with what
// AppendJSON wrote: zero means zero, so that no default is put in, and no rule is
// asked. The error is an *Error.
func (p *In) DecodeExact(dst any, data []byte, limits Limits) error {
	return p.decode(dst, data, limits, true)
}

func (p *In) decode(dst any, data []byte, limits Limits, exact bool) error {
	limits = limits.orDefault()
	if int64(len(data)) > limits.Body {
		return tooLarge(limits.Body)
	}
	r := p.newRequest(dst, nil, limits)
	defer r.release()
	r.exact = exact
	r.readDirect(data)
	return r.faults.err()
}

// Validate runs the rules and Validate methods alone, on a pointer to an In
// that was built in Go. Defaults are not applied: zero means zero.
func (p *In) Validate(ctx context.Context, in any, v Validator) error {
	if reflect.TypeOf(in) == p.typ {
		in = p.pointer(in).Interface()
	}
	if set, ok := v.(*rules.Set); v == nil || ok && p.typ.Kind() == reflect.Struct && set.Valid(in) {
		return p.checks.run(ctx, p.fields, reflect.ValueOf(in).Elem())
	}
	return p.judge(ctx, in, &faults{}, v)
}

// AppendJSON appends the direct form of in, a pointer to the In's type.
// BindJSON reads the same value from it. A field of type io.Reader is read to
// its end.
func (p *In) AppendJSON(dst []byte, in any) ([]byte, error) {
	return p.appendDirect(dst, p.pointer(in).Elem())
}

// pointer returns a pointer to the In, which the caller may have passed by value.
func (p *In) pointer(in any) reflect.Value {
	v := reflect.ValueOf(in)
	if v.Type() != p.typ {
		return v
	}
	copied := reflect.New(p.typ)
	copied.Elem().Set(v)
	return copied
}
