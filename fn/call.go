package fn

import (
	"context"
	"fmt"
	"reflect"
)

// Call invokes the function of that name with Go values: the same middleware
// and validation as over the wire, without the wire. The result is the Out.
// In and Out are shared with the function, not copied: neither side may change
// what the other can still see through pointers, slices and maps.
//
// The request's host is that of the request that ctx belongs to, "" outside of one.
func Call[In, Out any](ctx context.Context, u *Unit, name string, in In) (Out, error) {
	var zero Out
	req := &Request{Trigger: TriggerCall, Value: &in}
	if caller := RequestFrom(ctx); caller != nil {
		req.Host = caller.Host
	}
	reply, err := u.Invoke(ctx, name, req)
	if err != nil {
		return zero, err
	}
	out, ok := reply.Value.(*Out)
	if !ok {
		return zero, Errorf(Internal, "the function %s returns another type than %s", name, reflect.TypeFor[Out]())
	}
	return *out, nil
}

// assign copies the In that the caller passed into the function's own.
func assign(dst, value any) error {
	to, from := reflect.ValueOf(dst).Elem(), reflect.ValueOf(value)
	if from.Kind() != reflect.Pointer || from.IsNil() || from.Elem().Type() != to.Type() {
		return &Error{code: Internal, message: "", cause: &typeMismatch{want: to.Type(), got: from}}
	}
	to.Set(from.Elem())
	return nil
}

type typeMismatch struct {
	want reflect.Type
	got  reflect.Value
}

// Error names both types.
func (e *typeMismatch) Error() string {
	got := "nil"
	if e.got.IsValid() {
		got = e.got.Type().String()
	}
	return "the call passed " + got + ", the function takes *" + e.want.String()
}

// EncodeIn returns the direct form of an In: what an invoke of the function
// takes. In is a pointer to the function's In.
func (f Function) EncodeIn(in any) ([]byte, error) {
	if err := f.checkType(in, f.In()); err != nil {
		return nil, err
	}
	return f.d.input.AppendJSON(nil, in)
}

// DecodeOut reads the direct form of an Out, what an invoke of the function
// returns, into out, a pointer to the function's Out.
func (f Function) DecodeOut(data []byte, out any) error {
	if err := f.checkType(out, f.Out()); err != nil {
		return err
	}
	return f.d.output.DecodeJSON(out, data)
}

// checkType refuses a value that is no pointer to the type.
func (f Function) checkType(value any, want reflect.Type) error {
	if want == nil {
		return fmt.Errorf("the function %s has no In and no Out of its own: it was declared with Raw", f.Name())
	}
	if v := reflect.ValueOf(value); v.Kind() != reflect.Pointer || v.IsNil() || v.Type().Elem() != want {
		return fmt.Errorf("the function %s takes a *%s here, got %T", f.Name(), want, value)
	}
	return nil
}
