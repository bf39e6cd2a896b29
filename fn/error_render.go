package fn

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// ErrorRenderer makes the answer to an HTTP request that failed; see RenderErrors.
type ErrorRenderer func(ctx context.Context, req *Request, err *Error) (*Reply, error)

// RenderErrors is the one place of an app in which errors are rendered: for an API
// whose clients know another form than problem documents (RFC 9457), or for a website,
// which asks req.Accepts. It is asked for every answer to an HTTP request that is an
// error, on every host: those of functions and middleware, 400, 413, 415 and 422 of
// binding, 404 and 405 of the router, 500 of a panic and 504 of a timeout. Redirects
// and other replies pass it by. Calls and direct invokes have no form that could
// differ: they keep their structured error.
//
// What render gets is the error as a client may see it: its code, status, message,
// violations, details and header, and no cause. Of an opaque one (Internal, DataLoss)
// it is the code, the status and the header alone. So render cannot give away what is for the log, which
// has all of it, as middleware does. The context has the request's values; its time may
// be over.
//
// The reply needs a Body and a Content-Type. Its Status is the error's when it is 0;
// another one has to be 400 to 599, and logs go on to show the error's own. The fields of the error's
// header (Allow, Retry-After) are added unless the reply has them, and so is
// what middleware adds to every reply (ReplyHeader). Where render returns neither a reply nor
// an error, or there is none, the answer is the problem document. It is so too when render fails,
// panics or returns a reply that cannot be sent: that is logged as an error.
//
// With several the first reply counts.
func RenderErrors(render ErrorRenderer) AppOption {
	return appOption(func(s *settings) {
		if render == nil {
			s.misuse = append(s.misuse, "RenderErrors: the function is nil; pass a func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error)")
			return
		}
		s.renderErrors = append(s.renderErrors, render)
	})
}

// errorReply renders the error without what middleware added.
func (r *Request) errorReply(ctx context.Context, err *Error) *Reply {
	u := r.in().unit
	if len(u.app.settings.renderErrors) == 0 {
		return r.problemReply(err)
	}
	reply, failure := r.renderError(WithRequest(ctx, r), err.ForClient())
	if failure != nil {
		LogStack(u.logLine(r).Err(failure), failure).Msg("RenderErrors: the error cannot be rendered; the client gets the problem document")
	}
	if reply == nil {
		return r.problemReply(err)
	}
	return reply
}

// renderError asks the app's renderers. There is no reply when none of them has one.
func (r *Request) renderError(ctx context.Context, shown *Error) (reply *Reply, err error) {
	defer func() {
		if v := recover(); v != nil {
			reply, err = nil, Recovered(v)
		}
	}()
	for _, render := range r.in().unit.app.settings.renderErrors {
		own, failure := render(ctx, r, shown)
		switch {
		case failure != nil:
			return nil, closeWith(own, failure)
		case own != nil:
			return completed(own, shown)
		}
	}
	return nil, nil
}

// completed completes a renderer's reply, in a copy: it may be the same for every error.
func completed(own *Reply, shown *Error) (*Reply, error) {
	reply := &Reply{Status: own.Status, Header: slices.Clone(own.Header), Body: own.Body, Stream: own.Stream}
	if reply.Status == 0 {
		reply.Status = shown.HTTPStatus()
	}
	if reply.Status < 400 || reply.Status > 599 {
		return nil, closeWith(own, fmt.Errorf("the reply's status is %d; that of an error is 400 to 599, and 0 leaves it to the error", reply.Status))
	}
	if (len(reply.Body) > 0 || reply.Stream != nil) && reply.Header.Get("Content-Type") == "" {
		return nil, closeWith(own, errors.New("the reply has a body and no Content-Type; set it in the reply's Header"))
	}
	if err := checkFields(reply.Header); err != nil {
		return nil, closeWith(own, err)
	}
	for _, f := range shown.header {
		if own.Header.Get(f.Name) == "" {
			reply.Header.Add(f.Name, f.Value)
		}
	}
	return reply, nil
}

// closeWith gives up the reply that came with an error.
func closeWith(reply *Reply, err error) error {
	if reply != nil {
		if failure := reply.close(); failure != nil {
			return failure
		}
	}
	return err
}

// ForClient returns the error as far as a client may see it: its code, status, message, violations,
// details and header, and no cause. Of an opaque one (Internal, DataLoss) it is the code, the status and
// the header alone. RenderErrors gets errors so; it is for hosts that tell errors in a form of their own.
func (e *Error) ForClient() *Error {
	e = e.orNone()
	s := &Error{code: e.code, status: e.status, header: slices.Clone(e.header)}
	if !e.code.opaque() {
		s.message, s.violations, s.details = validText(e.message), validViolations(e.violations), e.details
	}
	return s
}
