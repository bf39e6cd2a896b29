package fnlambda

import (
	"context"
	"errors"
	"slices"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/anygrain/anygrain/fn"
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
// A handler of any other event gets it as it came, and its response is returned, and its error
// reported, as aws-lambda-go would. A type of aws-lambda-go says which events it takes: events.SQSEvent those
// of queues. Several such functions can be in one unit, and beside HTTP: each event goes to the one that
// declared its kind, and of several of one kind to the one that declared its source with From.
// An event that none of them declared runs nothing and is an error.
//
// A handler of another type, such as a struct of your own or json.RawMessage, takes whatever no
// other function of the unit takes, unless fn.TakesEvents says otherwise:
//
//	fnlambda.Native("orders.placed", placed, fn.TakesEvents("sqs"), fnlambda.From("orders-queue"))
//
// Functions that cannot be told apart are reported by New, by check and by units.
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
	f := fn.Raw(name, n.invoke, options...)
	if problem := eventProblem(f); problem != "" {
		return misdeclared(name, errors.New(problem), options)
	}
	return f
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
	kinds   []string         // those of the event, if its type is one of aws-lambda-go's
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
		err = n.refuse(req, event)
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
func (n *native) refuse(req *fn.Request, event []byte) error {
	if n.takes == frontdoor.Unknown && (req.Kind == fn.KindEvent || len(n.kinds) == 0) {
		return nil // it was dispatched, or the handler decodes everything itself
	}
	e := knownEvent(string(event))
	if e == nil || slices.ContainsFunc(e.IDs(), func(kind string) bool { return slices.Contains(n.kinds, kind) }) {
		return nil
	}
	return fn.Errorf(fn.Unimplemented, "the event is %s; the function %s takes %s", e, req.Function().Name(), n.event)
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
