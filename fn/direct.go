package fn

import (
	"fmt"
	"reflect"
)

// EncodeIn returns the direct form of an In: what an invoke of the function
// takes. In is a pointer to the function's In.
func (f Function) EncodeIn(in any) ([]byte, error) {
	if err := f.checkType(in, f.In()); err != nil {
		return nil, err
	}
	return f.d.input().AppendJSON(nil, in)
}

// DecodeOut reads the direct form of an Out, what an invoke of the function
// returns, into out, a pointer to the function's Out.
func (f Function) DecodeOut(data []byte, out any) error {
	if err := f.checkType(out, f.Out()); err != nil {
		return err
	}
	return f.d.output().DecodeJSON(out, data)
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
