package fnhttp

import (
	"context"
	"net/http"

	"github.com/anygrain/anygrain/fn"
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
// On the HTTP host the handler writes to the connection: Flush, Hijack,
// server-sent events, WebSockets, trailers and http.ResponseController work. On
// other hosts the response is recorded and carried when it is complete: Flush
// does nothing, Hijack is not there, trailers are dropped. Content-Type is
// detected as net/http does it on all of them.
//
// What middleware put into fn.Request.ReplyHeader by the time the handler sends
// its header goes with it, and wins over the handler's fields of that name,
// except for Set-Cookie and Vary, which add up. What comes later is lost.
//
// When middleware.Timeout abandons the handler, its writes fail with
// http.ErrHandlerTimeout. The client gets the timeout's answer, or a connection
// that is cut if the response had begun. A panic with http.ErrAbortHandler cuts
// the connection; where there is none, the answer is Canceled.
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
	if req.Trigger != fn.TriggerHTTP {
		return nil, fn.Errorf(fn.Unimplemented, "the function %s is an http.Handler: it takes HTTP requests only, and this is a request of kind %q",
			req.Function().Name(), req.Trigger)
	}
	if source, ok := req.Source.(wrapper); ok {
		if x, ok := source.Unwrap().(*exchange); ok {
			return a.direct(ctx, req, x, source)
		}
	}
	return a.recorded(ctx, req)
}

// direct lets the handler write to the connection.
func (a *adapter) direct(ctx context.Context, req *fn.Request, x *exchange, body streamer) (*fn.Reply, error) {
	w, ok := x.response.open(req)
	if !ok {
		return nil, fn.Errorf(fn.Internal, "the response has begun already and cannot be made twice")
	}
	r := x.native.WithContext(ctx)
	r.Header = oneLine(r.Header)
	if from := body.Stream(); from != nil {
		r.Body = closer(from)
	}
	if err := a.call(w, r, req); err != nil {
		if err == errAborted {
			x.response.set(aborted)
		}
		return nil, err
	}
	w.complete()
	if w.status == 0 {
		w.status = http.StatusSwitchingProtocols // hijacked
	}
	return &fn.Reply{Status: w.status, Sent: true}, nil
}

// errAborted is what a panic with http.ErrAbortHandler becomes.
var errAborted = fn.Errorf(fn.Canceled, "the response was given up").WithCause(http.ErrAbortHandler)

// call runs the handler. A panic is taken up here, so that one that net/http
// gives a meaning keeps it.
func (a *adapter) call(w http.ResponseWriter, r *http.Request, req *fn.Request) (err error) {
	r.Pattern = req.Route
	for _, name := range a.wildcards[req.Route] {
		r.SetPathValue(name, req.Source.PathValue(name))
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

// recorded lets the handler write into memory.
func (a *adapter) recorded(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
	r, err := newRequest(ctx, req)
	if err != nil {
		return nil, err
	}
	w := &recorder{head: req.Method == http.MethodHead}
	if err := a.call(w, r, req); err != nil {
		if source, ok := unwrapped(req.Source).(aborter); ok && err == errAborted {
			source.Abort()
		}
		return nil, err
	}
	return w.reply(), nil
}
