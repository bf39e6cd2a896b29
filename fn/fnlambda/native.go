package fnlambda

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"

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
// S3, EventBridge and so on; but a handler of an event type of aws-lambda-go gets
// no events that are known to be of another kind. Such a handler has to be the only function of
// its unit, since nothing in an event says which function is meant. Its response is returned, and its error reported, as
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
	if n.takes == unknown { // the caller's options come later and win
		options = append([]fn.FunctionOption{fn.TakesEvents(n.kinds...)}, options...)
	}
	return fn.Raw(name, n.invoke, options...)
}

// native is an aws-lambda-go handler and the event it takes.
type native struct {
	handler lambda.Handler
	takes   format   // unknown when it is no front door's
	event   string   // the event's type, for messages
	kinds   []string // the same, if it is one of aws-lambda-go's
}

// invoke is the fn.Invoker.
func (n *native) invoke(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
	switch req.Trigger {
	case fn.TriggerDirect, fn.TriggerEvent:
		if err := n.refuse(req); err != nil {
			return nil, err
		}
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
	if raw := eventOf(req); raw != nil && raw.format != unknown && sameEvent(raw.format, n.takes) {
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
