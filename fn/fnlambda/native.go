package fnlambda

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/anygrain/anygrain/fn"
)

// Native declares an existing handler of aws-lambda-go as a function of an app.
// The handler is whatever lambda.Start takes: func(context.Context, T) (U, error),
// its shorter forms, or a lambda.Handler.
//
// A handler of a front door's event (events.APIGatewayProxyRequest,
// APIGatewayV2HTTPRequest, LambdaFunctionURLRequest, ALBTargetGroupRequest)
// that has an fn.Route answers on every host: it gets the event as it came
// when that is of its format, and one that is made of the request otherwise.
// Its response becomes the reply; its error is an opaque 500 unless fn.MapErrors
// translates it.
//
// A handler of any other event is invoked directly. When it is the only
// function of a unit it gets every event that is no front door's: those of SQS,
// S3, EventBridge and so on. Its response is returned, and its error reported, as
// aws-lambda-go would.
//
// A handler that lambda.Start would only refuse when it is invoked is reported
// by the app's Start, like any wrong declaration.
func Native(name string, handler any, options ...fn.FunctionOption) fn.Function {
	n := &native{}
	if err := n.inspect(handler); err != nil {
		return misdeclared(name, err, options)
	}
	n.handler = lambda.NewHandler(handler)
	return fn.Raw(name, n.invoke, options...)
}

// native is an aws-lambda-go handler and the event it takes.
type native struct {
	handler lambda.Handler
	takes   format // unknown when it is no front door's
	event   string // the event's type, for messages
}

// invoke is the fn.Invoker.
func (n *native) invoke(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
	switch req.Trigger {
	case fn.TriggerDirect, fn.TriggerEvent:
		out, err := n.handler.Invoke(ctx, req.Payload)
		if err != nil {
			return nil, &nativeError{err}
		}
		return &fn.Reply{Body: out}, nil
	case fn.TriggerHTTP:
		return n.serve(ctx, req)
	}
	return nil, fn.Errorf(fn.Unimplemented, "the function %s takes Lambda events, so it cannot be called with Go values", req.Function().Name())
}

// serve answers a request over HTTP.
func (n *native) serve(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
	if n.takes == unknown {
		return nil, fn.Errorf(fn.Unimplemented, "the function %s takes %s, which is no event of HTTP", req.Function().Name(), n.event)
	}
	payload, err := n.payload(req)
	if err != nil {
		return nil, err
	}
	out, err := n.handler.Invoke(ctx, payload)
	if err != nil {
		return nil, &nativeError{err}
	}
	return nativeReply(n.takes, out)
}

// payload is the event for the handler.
func (n *native) payload(req *fn.Request) ([]byte, error) {
	if raw := eventOf(req); raw != nil && raw.event != nil && sameEvent(raw.event.format, n.takes) {
		return []byte(raw.text), nil
	}
	return makeEvent(n.takes, req)
}

// sameEvent reports whether a handler of one format reads the events of the other.
func sameEvent(a, b format) bool {
	shape := map[format]format{httpV1: rest, functionURL: httpV2, albMulti: albSingle}
	family := func(f format) format {
		if s, ok := shape[f]; ok {
			return s
		}
		return f
	}
	return family(a) == family(b)
}

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

// eventsPackage is where aws-lambda-go declares the events.
const eventsPackage = "github.com/aws/aws-lambda-go/events"

// formatOf knows the events of front doors by the names of their types.
func formatOf(t reflect.Type) format {
	if t.PkgPath() != eventsPackage {
		return unknown
	}
	switch t.Name() {
	case "APIGatewayProxyRequest":
		return rest
	case "APIGatewayV2HTTPRequest":
		return httpV2
	case "LambdaFunctionURLRequest":
		return functionURL
	case "ALBTargetGroupRequest":
		return albMulti
	}
	return unknown
}

var (
	contextType = reflect.TypeFor[context.Context]()
	errorType   = reflect.TypeFor[error]()
)

// inspect checks the handler by the rules of lambda.Start and finds its event.
func (n *native) inspect(handler any) error {
	n.event = "the raw event"
	if handler == nil {
		return errors.New("the handler is nil; pass a function that lambda.Start takes")
	}
	t := reflect.TypeOf(handler)
	if t.Implements(reflect.TypeFor[lambda.Handler]()) {
		return nil
	}
	if t.Kind() != reflect.Func {
		return fmt.Errorf("the handler is a %s; pass a function or a lambda.Handler", t)
	}
	if reflect.ValueOf(handler).IsNil() {
		return fmt.Errorf("the handler is a nil %s", t)
	}
	return errors.Join(n.inspectIn(t), inspectOut(t))
}

func (n *native) inspectIn(t reflect.Type) error {
	switch {
	case t.IsVariadic():
		return fmt.Errorf("the handler %s is variadic; it takes a context.Context and an event at most", t)
	case t.NumIn() > 2:
		return fmt.Errorf("the handler %s takes %d arguments; it takes a context.Context and an event at most", t, t.NumIn())
	case t.NumIn() == 2 && t.In(0) != contextType:
		return fmt.Errorf("the handler %s takes two arguments and the first is %s; make it context.Context", t, t.In(0))
	case t.NumIn() == 0 || t.NumIn() == 1 && t.In(0) == contextType:
		return nil
	}
	event := t.In(t.NumIn() - 1)
	if event.Kind() == reflect.Interface && event.NumMethod() > 0 {
		return fmt.Errorf("the handler %s takes the interface %s; JSON cannot be decoded into it", t, event)
	}
	n.event = event.String()
	if event.Kind() == reflect.Pointer {
		event = event.Elem()
	}
	n.takes = formatOf(event)
	return nil
}

func inspectOut(t reflect.Type) error {
	switch n := t.NumOut(); {
	case n > 2:
		return fmt.Errorf("the handler %s returns %d values; it returns a value and an error at most", t, n)
	case n > 0 && !t.Out(n-1).Implements(errorType):
		return fmt.Errorf("the handler %s returns %s as its last value; make it error", t, t.Out(n-1))
	}
	return nil
}
