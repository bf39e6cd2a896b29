package binding

import (
	"bytes"
	"errors"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/binding/internal/bodysize"
	"github.com/anygrain/anygrain/binding/internal/jsonoptions"
	"github.com/anygrain/anygrain/internal/model"
	"github.com/anygrain/anygrain/internal/textvalue"
)

// readObject decodes the object into its fields. Nothing and null are an
// object without members.
func (r *request) readObject(o *object, data []byte) {
	data, wrong := r.trim(o.lists, data, false)
	if r.refused != nil {
		return
	}
	target := o.target(r.dst)
	renew := func() { r.reset(o, target) }
	renew()
	if trimmed := trimJSON(data); len(trimmed) > 0 && string(trimmed) != "null" {
		err := r.unmarshal(data, target.Addr().Interface(), renew)
		if trimmed, late := r.trimLate(o.lists, data, err); trimmed != nil {
			data, wrong = trimmed, late
			renew()
			err = r.unmarshal(data, target.Addr().Interface(), renew)
		}
		if err != nil {
			r.explainObject(o, target, data, err)
		}
	}
	if wrong != nil && !r.faults.syntax {
		r.explain(o, wrong)
	}
	r.json = data
	o.commit(target, r.dst)
}

// trim takes the elements out of a body that are more than rules allow, when it could be large
// or is looked at for sure. It returns what is wrong with the JSON: it may have been in what
// was taken out. A body whose other lists take too much memory is refused.
func (r *request) trim(lists bodysize.Lists, data []byte, surely bool) (trimmed []byte, wrong error) {
	if lists.None() || !r.client || !surely && !lists.MayBeLarge(data) {
		return data, nil
	}
	trimmed, wrong = lists.Trim(data, r.ruled, r.limits.LooseNames)
	if wrong == bodysize.ErrTooLarge { //nolint:errorlint // it is not wrapped
		r.refused = refuse(TooLarge, "size", "must have shorter lists: their elements would take more than "+strconv.Itoa(bodysize.TimesBody)+" times the memory that the body has")
		return data, nil
	}
	if _, ok := errors.AsType[*jsontext.SyntacticError](wrong); !ok {
		wrong = nil
	}
	return trimmed, wrong
}

// trimLate fits a body that could not be decoded: what was wrong may stand behind what rules
// allow, where it does not matter. It returns nil when nothing is taken out.
func (r *request) trimLate(lists bodysize.Lists, data []byte, err error) (trimmed []byte, wrong error) {
	if _, ok := errors.AsType[*json.SemanticError](err); !ok || !lists.Ruled() || !r.ruled {
		return nil, nil
	}
	if trimmed, wrong = r.trim(lists, data, true); r.refused != nil || bytes.Equal(trimmed, data) {
		r.refused = nil // as it is
		return nil, nil
	}
	return trimmed, wrong
}

// explainObject reports what is wrong with the members of an object. The JSON
// package stops at the first; so what is well-formed JSON is read a second time,
// member by member.
func (r *request) explainObject(o *object, target reflect.Value, data []byte, err error) {
	before := len(r.faults.found)
	if _, ok := errors.AsType[*json.SemanticError](err); ok {
		r.reset(o, target)
		r.readEach(o, target, data)
	}
	if len(r.faults.found) == before {
		r.explain(o, err)
	}
}

func (r *request) readEach(o *object, target reflect.Value, data []byte) {
	dec := jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(r.limits.LooseNames))
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return
	}
	for dec.PeekKind() != '}' && len(r.faults.found) < maxViolations {
		one, err := readMember(dec)
		if err != nil {
			r.explain(o, err)
			return
		}
		if err := r.unmarshal(one, target.Addr().Interface(), nil); err != nil {
			r.explain(o, err)
		}
	}
}

// readMember reads the next member, as an object of its own.
func readMember(dec *jsontext.Decoder) ([]byte, error) {
	name, err := dec.ReadValue()
	if err != nil {
		return nil, err
	}
	one := append(append([]byte{'{'}, name...), ':')
	value, err := dec.ReadValue()
	if err != nil {
		return nil, err
	}
	return append(append(one, value...), '}'), nil
}

// explain reports an error of the JSON package in the client's terms. The
// object is nil when the body is one value.
func (r *request) explain(o *object, err error) {
	if e, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		r.explainSyntax(o, e)
		return
	}
	e, ok := errors.AsType[*json.SemanticError](err)
	if !ok {
		r.bodyFault(o, "", "type", textvalue.ExpectJSON(nil))
		return
	}
	if errors.Is(e.Err, json.ErrUnknownName) {
		r.bodyFault(o, e.JSONPointer, "unknown", "is not known")
		return
	}
	message := textvalue.ExpectedJSON(e.GoType, e.JSONValue)
	if message == textvalue.ExpectDuration && textvalue.IsTooLong(e.Err) {
		message = textvalue.ExpectDurationRange
	}
	if message == textvalue.ExpectString { // text that is not UTF-8 is no JSON, and was refused before
		message = "must be a string"
	}
	r.bodyFault(o, e.JSONPointer, "type", message)
}

func (r *request) explainSyntax(o *object, e *jsontext.SyntacticError) {
	whole, order := r.wholePlace(o)
	r.faults.syntax = true
	if errors.Is(e.Err, jsontext.ErrDuplicateName) {
		_, location, _ := r.find(o, e.JSONPointer)
		r.faults.cannotRead(order, whole, location, "duplicate", "must be given once")
		return
	}
	r.faults.cannotRead(order, whole, string(InBody), "syntax", "must be valid JSON; it is not at byte "+strconv.FormatInt(e.ByteOffset, 10))
}

// bodyFault reports what is wrong at a place in the JSON.
func (r *request) bodyFault(o *object, at jsontext.Pointer, rule, message string) {
	unread, location, order := r.find(o, at)
	r.faults.cannotRead(order, unread, location, rule, message)
}

// find returns the location of a place in the JSON, the location of the field
// that is unread when that place is, and the field's order.
func (r *request) find(o *object, at jsontext.Pointer) (unread, location string, order int) {
	whole, order := r.wholePlace(o)
	if o == nil {
		return whole, r.codec.locatePointer(string(InBody), r.codec.whole.Type, at), order
	}
	if at == "" {
		return whole, string(InBody), order
	}
	member, rest := cutToken(at)
	p := o.named(member)
	if p == nil && r.limits.LooseNames {
		p = o.loosely(member)
	}
	if p == nil {
		location = r.codec.locatePointer(string(InBody), model.None, at)
		return location, location, len(r.codec.fields)
	}
	return p.location, r.codec.locatePointer(p.location, p.Type, rest), p.order
}

// wholePlace is what is unread when the JSON as a whole is, and its order: all
// of the In in the direct form.
func (r *request) wholePlace(o *object) (unread string, order int) {
	switch {
	case o == nil:
		return string(InBody), r.codec.whole.order
	case o == r.codec.body && r.src != nil:
		return string(InBody), o.fields[0].order
	}
	return "", 0
}

// cutToken cuts the first token off a JSON pointer.
func cutToken(at jsontext.Pointer) (token string, rest jsontext.Pointer) {
	for token = range at.Tokens() {
		break
	}
	rest = at[1:]
	for i := range rest {
		if rest[i] == '/' {
			return token, rest[i:]
		}
	}
	return token, ""
}

// unmarshal reads JSON into a value. renew, which may be nil, empties it.
func (r *request) unmarshal(data []byte, to any, renew func()) error {
	return r.codec.json.Unmarshal(data, to, jsonoptions.Names{AllowUnknown: r.limits.AllowUnknown, Loose: r.limits.LooseNames}, renew)
}
