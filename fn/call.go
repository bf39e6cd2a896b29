package fn

import (
	"context"
	"reflect"
)

// Call invokes the function of that name with Go values: the same middleware
// and validation as over the wire, without the wire. The result is the Out.
// In and the Out are shared with the function, not copied: neither side may change
// what the other can still see through pointers, slices and maps.
func Call[In, Out any](ctx context.Context, u *Unit, host, name string, in In) (Out, error) {
	var zero Out
	req := &Request{Trigger: TriggerCall, Host: host, Value: &in}
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
