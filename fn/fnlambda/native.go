package fnlambda

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/eventkind"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
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
	if n.takes == frontdoor.Unknown { // the caller's options come later and win
		options = append([]fn.FunctionOption{fn.TakesEvents(n.kinds...)}, options...)
	}
	return fn.Raw(name, n.invoke, options...)
}

// misdeclared is a function whose declaration the app's Start reports.
func misdeclared(name string, err error, options []fn.FunctionOption) fn.Function {
	never := func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, err }
	return fn.Raw(name, never, append(options[:len(options):len(options)], fn.Misdeclared(err.Error()))...)
}

// native is an aws-lambda-go handler and the event it takes.
type native struct {
	handler lambda.Handler
	takes   frontdoor.Format // Unknown when it is no front door's
	event   string           // the event's type, for messages
	kinds   []string         // the same, if it is one of aws-lambda-go's
}

// invoke is the fn.Invoker.
func (n *native) invoke(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
	switch {
	case req.Source() != nil:
		return n.serve(ctx, req)
	case req.Kind == fn.KindCall:
		return nil, fn.Errorf(fn.Unimplemented, "the function %s takes Lambda events, so it cannot be called with Go values", req.Function().Name())
	}
	event, err := req.Body(ctx)
	if err == nil {
		err = n.refuse(req.Function(), event)
	}
	if err != nil {
		return nil, err
	}
	out, err := n.handler.Invoke(ctx, event)
	if err != nil {
		return nil, &nativeError{err}
	}
	return &fn.Reply{Body: out}, nil
}

// refuse returns an error for an event that is known to be of another kind than
// the handler's type: aws-lambda-go would decode it to an empty one, and a queue
// would delete what was never read.
func (n *native) refuse(f fn.Function, event []byte) error {
	wanted := eventkind.OfType(n.event[strings.LastIndexByte(n.event, '.')+1:])
	if n.takes == frontdoor.Unknown && (len(n.kinds) == 0 || wanted == nil) {
		return nil
	}
	text := string(event)
	if !eventkind.MayBeKnown(text) {
		return nil
	}
	e, ok := eventkind.Read(text)
	if kind := e.Kind(); ok && kind != "" && !slices.Contains(wanted, kind) {
		return fn.Errorf(fn.Unimplemented, "the event is %s; the function %s takes %s", e, f.Name(), n.event)
	}
	return nil
}

// serve answers a request over HTTP.
func (n *native) serve(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
	if n.takes == frontdoor.Unknown {
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
	if raw := eventOf(req); raw != nil && raw.format != frontdoor.Unknown && sameEvent(raw.format, n.takes) {
		return []byte(raw.text), nil
	}
	return makeEvent(n.takes, req)
}

// sameEvent reports whether a handler of one format reads the events of the other.
func sameEvent(a, b frontdoor.Format) bool {
	shape := map[frontdoor.Format]frontdoor.Format{
		frontdoor.HTTPAPIv1: frontdoor.REST, frontdoor.FunctionURL: frontdoor.HTTPAPI, frontdoor.ALBMulti: frontdoor.ALB,
	}
	family := func(f frontdoor.Format) frontdoor.Format {
		if s, ok := shape[f]; ok {
			return s
		}
		return f
	}
	return family(a) == family(b)
}
