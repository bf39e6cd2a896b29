package fnlambda

import (
	"errors"
	"strings"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/anygrain/anygrain/fn"
)

// functionError is the error of a direct invoke as Lambda reports it: the
// code's name as errorType, the text for the caller as errorMessage. The text
// of an opaque error stays in the log.
func functionError(err error) error {
	if e, ok := errors.AsType[*nativeError](err); ok && opaque(fn.CodeOf(err)) {
		return e.response()
	}
	e, ok := errors.AsType[*fn.Error](err)
	if !ok {
		return messages.InvokeResponse_Error{Type: fn.Internal.String(), Message: "internal error"}
	}
	return messages.InvokeResponse_Error{Type: e.Code().String(), Message: messageOf(e)}
}

// messageOf is the message with all that is wrong with the input.
func messageOf(e *fn.Error) string {
	if opaque(e.Code()) {
		return "internal error"
	}
	var b strings.Builder
	b.WriteString(e.Message())
	separator := ": "
	if b.Len() == 0 {
		separator = ""
	}
	for _, v := range e.Violations() {
		b.WriteString(separator + v.Location + " " + v.Message)
		separator = "; "
	}
	return b.String()
}

// opaque reports whether callers must not see the text of the code's errors.
func opaque(code fn.Code) bool { return code == fn.Internal || code == fn.DataLoss }
