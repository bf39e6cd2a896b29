package fnhttp

import (
	"context"
	"net/http"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/internal/outgoing"
)

// Handle makes an existing http.Handler a function of the app, with the app's
// middleware around it, on every host:
//
//	fnhttp.Handle("admin.pages", adminRouter, fn.Route("/admin/"))
//
// The handler gets the whole path, the route in Pattern, its wildcards by
// PathValue, and the context of the function. It can be started by HTTP
// requests only; a direct invoke or a call is answered Unimplemented. An
// fn.BodyLimit of the function bounds the body as http.MaxBytesReader does;
// without one that is the handler's business.
//
// The response is held back until the handler returns, flushes, or has written more
// than 16 KiB: until then it is a reply like any other, of which middleware can change
// status, header and body after next, and which it can replace. From then on it counts
// as sent, on every host: what middleware makes of it does not matter any more, and
// neither does the function's timeout (fn.Timeout), so that server-sent events go on.
//
// On the HTTP host the rest is written to the connection: Flush, Hijack,
// server-sent events, WebSockets, trailers, informational responses and
// http.ResponseController work. On other hosts the response is carried when it is
// complete: Flush sends nothing, Hijack is http.ErrNotSupported, trailers and
// informational responses are dropped. Content-Type is detected as net/http does it on all
// of them. The writer also has the method CloseNotify, for frameworks that ask for it.
//
// What middleware put into fn.Request.ReplyHeader by the time the response counts as
// sent goes with it, and wins over the handler's fields of that name,
// except for Set-Cookie and Vary, which add up.
//
// A handler that returns without a word when its context has ended has not answered:
// the answer is the timeout's (504). When the function is abandoned, its writes
// fail with http.ErrHandlerTimeout. The client gets the timeout's answer, or a connection
// that is cut if the response had been sent in part. So it is with a panic, and with fewer
// bytes than the Content-Length says; a panic with http.ErrAbortHandler always cuts
// the connection. Where there is none, the answer is 500 in all these cases.
func Handle(name string, h http.Handler, options ...fn.FunctionOption) fn.Function {
	if h == nil {
		return fn.Raw(name, nil, options...)
	}
	a := &adapter{handler: h}
	f := fn.Raw(name, a.invoke, options...)
	a.learn(f)
	return f
}

// adapter calls an http.Handler for an fn.Request.
type adapter struct {
	handler   http.Handler
	limit     int64
	wildcards map[string][]string // by route
}

// learn notes what the options said.
func (a *adapter) learn(f fn.Function) {
	a.limit = f.BodyLimit()
	a.wildcards = map[string][]string{}
	for _, r := range f.Routes() {
		a.wildcards[r.Pattern] = r.Wildcards()
	}
}

// invoke is the function.
func (a *adapter) invoke(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
	if req.Kind != fn.KindHTTP {
		return nil, fn.Errorf(fn.Unimplemented, "the function %s is an http.Handler: it takes HTTP requests only, and this is a request of kind %q",
			req.Function().Name(), req.Kind)
	}
	if source, ok := req.Source().(wrapper); ok {
		if x, ok := source.Unwrap().(*exchange); ok {
			return a.direct(ctx, req, x, source)
		}
	}
	return a.recorded(ctx, req)
}

// direct lets the handler write to the connection.
func (a *adapter) direct(ctx context.Context, req *fn.Request, x *exchange, body streamer) (*fn.Reply, error) {
	header, ok := x.response.untouchedHeader()
	if !ok {
		return nil, fn.Errorf(fn.Internal, "the response has begun already and cannot be made twice")
	}
	w := &writer{ctx: ctx, answer: answerOf(ctx), response: &x.response, x: x, header: header, head: req.Method == http.MethodHead}
	r := x.native.WithContext(ctx)
	r.Header = oneLine(r.Header)
	if from := body.Stream(); from != nil {
		r.Body = closer(from)
	}
	return w.complete(a.call(w, r, req))
}

// errAborted is what a panic with http.ErrAbortHandler becomes.
// Where there is no connection to cut, it is a failure of the server.
var errAborted = fn.Errorf(fn.Canceled, "the response was given up").WithStatus(http.StatusInternalServerError).WithCause(http.ErrAbortHandler)

// call runs the handler. A panic is taken up here, so that one that net/http
// gives a meaning keeps it.
func (a *adapter) call(w http.ResponseWriter, r *http.Request, req *fn.Request) (err error) {
	r.Pattern = req.Route
	for _, name := range a.wildcards[req.Route] {
		r.SetPathValue(name, req.Source().PathValue(name))
	}
	if a.limit > 0 {
		r.Body = http.MaxBytesReader(w, r.Body, a.limit)
	}
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			err = errAborted
		default:
			err = fn.Recovered(v)
		}
	}()
	a.handler.ServeHTTP(w, r)
	return nil
}

// aborter is a binding.Source whose host has no connection and wants to know
// that one would have been cut.
type aborter interface{ Abort() }

// answerOf is the answer of the function's request; middleware may have passed
// another context on, which knows of none.
func answerOf(ctx context.Context) outgoing.Answer {
	if a := outgoing.From(ctx); a != nil {
		return a
	}
	return noAnswer{}
}

// noAnswer is an outgoing.Answer that nobody asks.
type noAnswer struct{}

// Begin implements outgoing.Answer.
func (noAnswer) Begin(context.Context, any) error { return nil }

// Sent implements outgoing.Answer.
func (noAnswer) Sent(any) {}

// Broken implements outgoing.Answer.
func (noAnswer) Broken() {}

// recorded lets the handler write into memory.
func (a *adapter) recorded(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
	r, err := newRequest(ctx, req)
	if err != nil {
		return nil, err
	}
	w := &writer{ctx: ctx, answer: answerOf(ctx), response: &response{}, source: unwrapped(req.Source()), header: http.Header{}, head: req.Method == http.MethodHead}
	return w.complete(a.call(w, r, req))
}
