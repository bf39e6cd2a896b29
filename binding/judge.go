package binding

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"strings"
)

// run calls the Validate methods of an In, and returns all that they find, or
// the first error that has an HTTP status of its own.
func (c checks) run(ctx context.Context, in reflect.Value) error {
	if len(c) == 0 {
		return nil
	}
	j := judgement{ctx: ctx}
	for _, place := range c {
		before := len(j.found)
		j.visit(place.check, place.value(in), false)
		j.prefix(before, place.location)
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
	found     []Violation
	malformed bool
	cause     error // the first error that was not an *Error
	stop      error // an error that is returned as it is
}

// visit calls the methods at and below a value. Locations are relative to it.
func (j *judgement) visit(c *check, v reflect.Value, muted bool) {
	if j.stop != nil {
		return
	}
	if c.self && !muted {
		j.hear(addressable(v).Interface().(validates).Validate(j.ctx))
	}
	for _, f := range c.fields {
		before := len(j.found)
		j.visit(f.check, v.Field(f.index), f.muted)
		j.prefix(before, f.step)
	}
	if c.elem != nil {
		j.visitElements(c.elem, v, muted)
	}
}

func (j *judgement) visitElements(c *check, v reflect.Value, muted bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			j.visit(c, v.Elem(), muted)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			before := len(j.found)
			j.visit(c, v.Index(i), false)
			j.prefix(before, "["+strconv.Itoa(i)+"]")
		}
	case reflect.Map:
		for key, value := range elements(v) {
			before := len(j.found)
			j.visit(c, value, false)
			j.prefix(before, "."+clip(key))
		}
	}
}

// prefix puts a place before the locations that were found below it.
func (j *judgement) prefix(from int, place string) {
	for i := from; i < len(j.found); i++ {
		location := &j.found[i].Location
		*location = place + step(place, *location)
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
		j.found = append(j.found, Violation{Rule: "validate", Message: err.Error()})
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
		j.found = append(j.found, e.Violations...)
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
