package binding

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"strings"
)

// run calls the Validate methods of an In, and returns all that they find, or
// the first error that has an HTTP status of its own. What comes behind as many
// violations as a client gets back is not asked.
func (c checks) run(ctx context.Context, fields []*inField, in reflect.Value) error {
	if len(c) == 0 {
		return nil
	}
	j := judgement{ctx: ctx, fields: fields}
	for _, place := range c {
		j.path = append(j.path[:0], place.location...)
		j.visit(place.check, place.value(in), false)
	}
	return j.err()
}

func (c *placedCheck) value(in reflect.Value) reflect.Value {
	if len(c.index) == 0 {
		return in
	}
	return in.FieldByIndex(c.index)
}

// judgement is what the Validate methods of one In say.
type judgement struct {
	ctx       context.Context
	fields    []*inField // of the In
	path      []byte     // the location of the value that is visited
	found     []Violation
	malformed bool
	cause     error // the first error that was not an *Error
	stop      error // an error that is returned as it is
}

// done reports whether nothing that is still to be visited can change the answer.
func (j *judgement) done() bool { return j.stop != nil || len(j.found) >= maxViolations }

// visit calls the methods at and below a value.
func (j *judgement) visit(c *check, v reflect.Value, muted bool) {
	if j.done() {
		return
	}
	if c.self && !muted {
		j.hear(addressable(v).Interface().(validates).Validate(j.ctx))
	}
	around := len(j.path)
	for _, f := range c.fields {
		j.path = append(j.path, f.step...)
		j.visit(f.check, v.Field(f.index), f.muted)
		j.path = j.path[:around]
	}
	if c.elem != nil {
		j.visitElements(c.elem, v, muted)
	}
}

func (j *judgement) visitElements(c *check, v reflect.Value, muted bool) {
	around := len(j.path)
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			j.visit(c, v.Elem(), muted)
		}
	case reflect.Slice, reflect.Array:
		for i := 0; i < v.Len() && !j.done(); i++ {
			j.path = append(strconv.AppendInt(append(j.path, '['), int64(i), 10), ']')
			j.visit(c, v.Index(i), false)
			j.path = j.path[:around]
		}
	case reflect.Map:
		for key, value := range elements(v) {
			if j.done() {
				return
			}
			j.path = append(append(j.path, '.'), clip(key)...)
			j.visit(c, value, false)
			j.path = j.path[:around]
		}
	}
}

// step returns a location as it stands behind another.
func step(place, location string) string {
	switch {
	case place == "" || location == "" || strings.HasPrefix(location, "[") || strings.HasPrefix(location, "."):
		return location
	}
	return "." + location
}

// note adds a violation, whose location is one within the value that is visited.
func (j *judgement) note(v Violation) {
	if len(j.path) == 0 {
		v.Location = placed(j.fields, v.Location)
	}
	if len(j.found) < maxViolations {
		path := j.path[:min(len(j.path), maxLocation+1)]
		v.Location = clipTo(maxLocation, string(path)+step(string(path), v.Location))
		j.found = append(j.found, v)
	}
}

// placed returns the location in an In of what its own method says: where the field of
// that name comes from stands before it, unless the method has said so itself.
func placed(fields []*inField, location string) string {
	name := location
	if end := strings.IndexAny(location, ".["); end >= 0 {
		name = location[:end]
	}
	switch Where(name) {
	case InPath, InQuery, InHeader, InCookie, InForm, InBody:
		if name != location {
			return location
		}
	}
	for _, p := range fields {
		if _, own, ok := strings.Cut(p.location, "."); ok && own == name {
			return p.location + location[len(name):]
		}
	}
	return location
}

// hear takes what a Validate method returned.
func (j *judgement) hear(err error) {
	if err == nil {
		return
	}
	if _, ok := errors.AsType[interface {
		error
		HTTPStatus() int
	}](err); ok || j.ctx.Err() != nil && errors.Is(err, j.ctx.Err()) {
		j.stop = err
		return
	}
	if !j.hearErrors(err) {
		j.note(Violation{Rule: "validate", Message: err.Error()})
		if j.cause == nil {
			j.cause = err
		}
	}
}

// hearErrors takes the violations of every *Error that the error is made of,
// and reports whether there was one.
func (j *judgement) hearErrors(err error) bool {
	switch e := err.(type) {
	case *Error:
		for _, v := range e.Violations {
			j.note(v)
		}
		j.malformed = j.malformed || e.Kind == Malformed
		return true
	case interface{ Unwrap() error }:
		return e.Unwrap() != nil && j.hearErrors(e.Unwrap())
	case interface{ Unwrap() []error }:
		heard := false
		for _, inner := range e.Unwrap() {
			heard = j.hearErrors(inner) || heard
		}
		return heard
	}
	return false
}

func (j *judgement) err() error {
	switch {
	case j.stop != nil:
		return j.stop
	case len(j.found) == 0:
		return nil
	case j.malformed:
		return &Error{Kind: Malformed, Violations: j.found, Cause: j.cause}
	}
	return &Error{Kind: Invalid, Violations: j.found, Cause: j.cause}
}
