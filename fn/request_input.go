package fn

import (
	"context"
	"fmt"
	"reflect"

	"github.com/anygrain/anygrain/binding"
)

// Input is what a host has for a request's In, in one of four forms; they decide, too, in which form
// the Out goes back. The kind of the request decides nothing: a host may have kinds of its own.
type Input struct {
	form    inputForm
	state   inputState
	refused bool // the In could not be bound
	source  binding.Source
	data    []byte
	value   any // a pointer to the In: as the host passed it, or once it is bound; of a refused one see bound
}

// refusedValue is an In that a host passed and that broke rules: a second run needs it again.
type refusedValue struct {
	in  any
	err error
}

type inputForm uint8

const (
	formNone   inputForm = iota
	formSource           // the parts of a request, by the tags of the In; the Out is Reply.Status, Header, Body
	formJSON             // the whole In; the Out is JSON in Reply.Body
	formValue            // a pointer to the In; a pointer to the Out is Reply.Value
	formEvent            // for functions without an In
)

// InputFromSource reads the In from the parts of a request in the terms of HTTP. The Out becomes the
// reply's status, header and body.
func InputFromSource(source binding.Source) Input { return Input{form: formSource, source: source} }

// InputFromJSON reads the whole In from one JSON value. The Out is JSON in Reply.Body.
func InputFromJSON(data []byte) Input { return Input{form: formJSON, data: data} }

// InputFromValue is an In that is there: in is a pointer to it, which is validated and not copied. A
// pointer to the Out is in Reply.Value.
func InputFromValue(in any) Input { return Input{form: formValue, value: in} }

// InputFromEvent is a platform's event as it came, for functions that decode it themselves (Raw).
func InputFromEvent(event []byte) Input { return Input{form: formEvent, data: event} }

// adopt takes over what a clone's is, but for the source.
func (i *Input) adopt(clone *Input) {
	i.form, i.state, i.data, i.value, i.refused = clone.form, clone.state, clone.data, clone.value, clone.refused
}

// Source is the request in the terms of HTTP, nil when it is none. It is alike on every host:
// HeaderValues returns one value at most, and Body the body from its beginning, whoever has
// read it before; see Header and Body.
func (r *Request) Source() binding.Source { return r.From.source }

// inputState says whose In a request has.
type inputState uint8

const (
	inputUnread inputState = iota
	inputAsked             // somebody asked for it, and the function is yet to take it
	inputTaken             // the function took it: when it runs once more, it gets an In of its own
)

// Input returns a pointer to the In, bound and validated, or the error that the function will
// answer with: middleware sees both before the function runs, and after it. It is bound once: the
// function gets what the pointer leads to. Of a Raw function it is what the host passed to
// InputFromValue, else an error.
func (r *Request) Input(ctx context.Context) (any, error) {
	if r.From.state == inputUnread {
		if err := r.readInput(ctx); err != nil {
			return nil, err
		}
	}
	in, err := r.From.bound()
	if err != nil {
		return nil, err
	}
	return in, nil
}

// readInput binds the In before the function does. The error is that of who asks, not of the In.
func (r *Request) readInput(ctx context.Context) error {
	e := r.in()
	if e.function.In() == nil {
		if r.From.form == formValue {
			return nil
		}
		return internalError(fmt.Errorf("the request has no In: the function %q is a Raw one, or none matched", e.function.Name()))
	}
	if e.broken != nil {
		return e.broken
	}
	in, _ := r.From.bound()
	if r.From.form != formValue {
		in = reflect.New(e.function.d.inType).Interface()
	} else if reflect.TypeOf(in) != reflect.PointerTo(e.function.d.inType) {
		return r.wrongValue()
	}
	_ = r.bind(ctx, in)
	r.From.state = inputAsked
	return nil
}

// bound returns the In, and the error of binding it. A refused In that was read is of no use
// any more, so that the error stands in its place.
func (i *Input) bound() (in any, err error) {
	if !i.refused {
		return i.value, nil
	}
	if v, ok := i.value.(*refusedValue); ok {
		return v.in, v.err
	}
	return nil, i.value.(error)
}

// keep remembers what binding made of in.
func (i *Input) keep(in any, err error) {
	switch i.value, i.refused = in, err != nil; {
	case err == nil:
	case i.form == formValue:
		i.value = &refusedValue{in, err}
	default:
		i.value = err
	}
}

// givenInput returns the In that there is already, which the function need not make.
func (r *Request) givenInput() (in any, ok bool) {
	in, _ = r.From.bound()
	return in, r.From.form == formValue || r.From.state == inputAsked && !r.From.refused
}

// bind fills in, a pointer to the In, in the way of the input's form, and validates it. What was
// bound for who asked is not bound again.
func (r *Request) bind(ctx context.Context, in any) error {
	if r.From.state != inputAsked {
		r.From.keep(in, r.bindNow(ctx, in))
	}
	r.From.state = inputTaken
	_, err := r.From.bound()
	return err
}

func (r *Request) bindNow(ctx context.Context, in any) error {
	codec, limits, v := r.entry.function.d.input(), r.entry.limits, r.entry.unit.validator
	var err error
	switch r.From.form {
	case formSource:
		err = codec.Bind(ctx, in, r.From.source, limits, v)
	case formJSON:
		err = codec.BindJSON(ctx, in, r.From.data, limits, v)
	case formValue:
		err = codec.Validate(ctx, in, v) // callFast does the same
	case formEvent:
		return Errorf(Unimplemented, "the function %s cannot be started by %q events; it takes its input typed",
			r.Function().Name(), r.Kind)
	default:
		return internalError(fmt.Errorf("the request for %s has no input; the host sets Request.From, such as to fn.InputFromJSON", r.Function().Name()))
	}
	return bindingError(err)
}
