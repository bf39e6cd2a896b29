package binding

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/anygrain/anygrain/internal/model"
)

// Render renders out, a pointer to the Out's type. The error names the type
// and the field: a value that may not stand in a header or a cookie (a line
// break would start a header of its own), a status outside of 100 to 599, a
// value that JSON cannot express. Replies with the status 1xx, 204 and 304 have no
// body (RFC 9110 section 6.4.1). A stream that the reply does not carry is closed.
func (p *Out) Render(out any) (Rendered, error) {
	var r Rendered
	if err := p.RenderTo(&r, out); err != nil {
		return Rendered{}, err
	}
	return r, nil
}

// RenderTo is Render into r, which it overwrites: the Header is written into the
// memory of r's, as far as that reaches. With an error r is of no use.
func (p *Out) RenderTo(r *Rendered, out any) error {
	v, err := p.value(out)
	if err != nil {
		return err
	}
	*r = Rendered{Header: r.Header[:0]}
	if err := p.render(r, v); err != nil {
		return errors.Join(err, closeReader(r.Stream))
	}
	if bodyAllowed(r.Status) {
		return nil
	}
	if err := closeReader(r.Stream); err != nil {
		return p.errorAt(p.body.at.field, err)
	}
	r.Header.Del("Content-Type")
	r.Body, r.Stream = nil, nil
	return nil
}

func bodyAllowed(status int) bool {
	return status != 204 && status != 304 && (status < 100 || status > 199)
}

func (p *Out) render(r *Rendered, v reflect.Value) error {
	if !v.IsValid() && (!p.body.is || p.body.as != model.AsJSON || p.body.at.index != nil) {
		return nil // a nil pointer says nothing, unless it is null as JSON
	}
	if err := p.body.render(r, v); err != nil {
		return p.errorAt(p.body.at.field, fmt.Errorf("write the body: %w", err))
	}
	r.Header = slices.Grow(r.Header, len(p.headers)+len(p.cookies)+1)
	if v.IsValid() {
		if err := p.renderParts(r, v); err != nil {
			return err
		}
	}
	if (r.Body != nil || r.Stream != nil) && r.Header.Get("Content-Type") == "" {
		r.Header = append(r.Header, HeaderField{"Content-Type", p.body.contentType()})
	}
	return nil
}

func (p *Out) renderParts(r *Rendered, v reflect.Value) (err error) {
	if p.status.index != nil {
		status := v.FieldByIndex(p.status.index).Int()
		if status != 0 && (status < 100 || status > 599) {
			return p.errorAt(p.status.field, fmt.Errorf("the status is %d, want one from 100 to 599, or 0 to leave it to the route", status))
		}
		r.Status = int(status)
	}
	for i := range p.headers {
		if r.Header, err = p.headers[i].render(r.Header, v); err != nil {
			return p.errorAt(p.headers[i].at.field, fmt.Errorf("header %s: %w", p.headers[i].name, err))
		}
	}
	for i := range p.cookies {
		if r.Header, err = p.cookies[i].render(r.Header, v); err != nil {
			return p.errorAt(p.cookies[i].at.field, fmt.Errorf("cookie %s: %w", p.cookies[i].name, err))
		}
	}
	return nil
}
