package fnlambda

import (
	"errors"
	"reflect"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// nativeError is the error of a handler, in the way that aws-lambda-go reports it.
type nativeError struct{ err error }

// Error returns the handler's text.
func (e *nativeError) Error() string { return e.err.Error() }

// Unwrap returns the handler's error.
func (e *nativeError) Unwrap() error { return e.err }

// response is what the runtime client makes of the error: callers such as Step
// Functions match on the name of its Go type.
func (e *nativeError) response() messages.InvokeResponse_Error {
	if response, ok := errors.AsType[messages.InvokeResponse_Error](e.err); ok {
		response.ShouldExit = false
		return response
	}
	t := reflect.TypeOf(e.err)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return messages.InvokeResponse_Error{Type: t.Name(), Message: e.err.Error()}
}
