package fnhttp

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/httpstatus"
)

// complete is called when the handler has returned, with what a panic became. It
// returns the reply for the middleware: the whole answer when nothing was sent,
// else what was.
func (w *writer) complete(panicked error) (*fn.Reply, error) {
	w.response.mu.Lock()
	defer w.response.mu.Unlock()
	w.ended = true
	if w.stop != nil {
		w.stop()
	}
	switch {
	case w.response.state == hijacked && panicked == nil:
		reply := &fn.Reply{Status: http.StatusSwitchingProtocols}
		w.answer.Sent(reply)
		return reply, nil
	case panicked != nil:
		w.abort(panicked)
		return nil, panicked
	case w.failed == http.ErrHandlerTimeout, w.silent():
		return nil, cmp.Or(w.ctx.Err(), w.failed)
	case w.failed != nil:
		return nil, w.failed
	}
	w.decide(http.StatusOK)
	if w.short() {
		return nil, w.cut()
	}
	if w.reply != nil {
		return w.sent(), nil
	}
	return w.unsent(), nil
}

// abort notes that the connection is to be cut, or would be: by http.ErrAbortHandler
// always, by another failure when the response has begun.
func (w *writer) abort(err error) {
	if err != errAborted && w.reply == nil {
		return
	}
	w.answer.Broken()
	if source, ok := w.source.(aborter); ok {
		source.Abort()
	}
	if w.x != nil && !w.response.over && w.response.state != hijacked {
		w.response.state = aborted
	}
}

// silent reports whether the handler gave no answer because its context ended.
func (w *writer) silent() bool { return w.status == 0 && w.ctx.Err() != nil }

// short reports whether the handler wrote less than it declared.
func (w *writer) short() bool {
	return w.fields.length >= 0 && w.taken < w.fields.length && httpstatus.HasBody(w.status) && !w.head
}

// cut is the error of a response that ends too early. On a connection the client gets
// what there is of it, as from net/http, and then its end.
func (w *writer) cut() error {
	if w.reply == nil && w.send(nil) != nil {
		return w.failed
	}
	if w.x != nil && w.response.enter() {
		_ = w.controller().Flush()
		w.response.leave()
	}
	w.abort(nil)
	switch {
	case w.ctx.Err() != nil:
		return w.ctx.Err()
	case w.broken != nil:
		return fn.Errorf(fn.Canceled, "the client does not take the response any more").WithCause(w.broken)
	}
	return fn.Errorf(fn.Internal, "").WithCause(
		fmt.Errorf("the handler declared a Content-Length of %d and wrote %d bytes", w.fields.length, w.taken))
}

// sent is what middleware sees of a response that has been sent: without its body.
func (w *writer) sent() *fn.Reply {
	w.answer.Sent(w.reply)
	if w.x == nil {
		if w.reply.Body = w.body; w.head && w.fields.length >= 0 {
			w.reply.Body = nil // its length is what was declared
		}
	} else if !w.response.over {
		w.response.state = completed
		putTrailers(w.response.to.Header(), w.header)
	}
	return &fn.Reply{Status: w.reply.Status, Header: append(fn.Header(nil), w.reply.Header...)}
}

// unsent is the answer as a reply like any other.
func (w *writer) unsent() *fn.Reply {
	w.fields.detect(w.status, w.body, nil)
	reply := &fn.Reply{Status: w.status, Header: w.fields.header, Body: w.body}
	if w.head && w.fields.length >= 0 {
		reply.Header.Add("Content-Length", strconv.FormatInt(w.fields.length, 10))
		reply.Body = nil
	}
	if w.x != nil && !w.response.over {
		w.fields.prepare(w.response.to.Header())
		if len(w.fields.trailer) > 0 || hasTrailers(w.header) {
			w.response.trailing, w.reply = w, reply
		}
	}
	return reply
}
