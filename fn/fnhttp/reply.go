package fnhttp

import (
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/fieldline"
	"github.com/anygrain/anygrain/internal/httpstatus"
)

// finish ends the exchange with the reply of the unit.
func (x *exchange) finish(host *fn.Host, reply *fn.Reply) {
	defer x.body.marks.set(over)
	defer closeStream(reply)
	state := x.response.end() // first: a function whose read ends must not begin an answer
	if reply.Stream == nil {  // else it may be made of the request's body
		x.body.takeBack(x.response.to, x.native)
	}
	switch state {
	case aborted:
		abort()
	case hijacked:
		x.body.marks.set(ended) // the handler's
		return
	case begun: // what a mounted handler began can only be completed by itself
		abort()
	case completed:
	case untouched:
		x.settle(reply)
		sent, first := x.opened(host, reply)
		if sent != reply {
			defer closeStream(sent)
		}
		x.write(sent, first)
	}
}

// settle sees to the rest of the request's body before the reply is written.
func (x *exchange) settle(reply *fn.Reply) {
	if reply.Stream != nil {
		x.body.giveUp(x.response.to, x.native)
		return
	}
	x.body.settle(x.response.to, x.native)
}

// abort cuts the connection. The panic is net/http's own way to say so, on
// every version of HTTP (see http.ErrAbortHandler).
func abort() { panic(http.ErrAbortHandler) }

func closeStream(reply *fn.Reply) {
	if c, ok := reply.Stream.(io.Closer); ok {
		_ = c.Close()
	}
}

// opened waits for the first bytes of the reply's stream: what fails before them is still
// an answer. That may have a stream too; an answer is tried no more than twice.
func (x *exchange) opened(host *fn.Host, reply *fn.Reply) (*fn.Reply, *stream) {
	s, err := x.open(reply)
	if err == nil {
		return reply, s
	}
	x.logBroken(err, "the reply's stream failed; the client gets 500")
	failed := host.ErrorReply(x.native.Context(), &x.request, fn.Errorf(fn.Internal, "the reply cannot be sent").WithCause(err))
	if s, err = x.open(failed); err == nil {
		return failed, s
	}
	x.logBroken(err, "the stream of the error's reply failed too; the client gets 500 without a body")
	closeStream(failed)
	return &fn.Reply{Status: http.StatusInternalServerError}, nil
}

// open begins to read the reply's stream, nil when the client is sent none.
func (x *exchange) open(reply *fn.Reply) (*stream, error) {
	if reply.Stream == nil || x.bodyless(reply) {
		return nil, nil
	}
	s := openStream(reply.Stream)
	return s, s.await()
}

// bodyless reports whether the response has no body, whatever the reply has.
func (x *exchange) bodyless(reply *fn.Reply) bool {
	return x.native.Method == http.MethodHead || !httpstatus.HasBody(reply.Status)
}

// write carries the reply to the client, with its stream if it is sent one.
func (x *exchange) write(reply *fn.Reply, s *stream) {
	w := x.response.to
	trails := x.response.trailing != nil && x.response.trailing.reply == reply
	x.putHeader(w.Header(), reply.Header)
	if trails {
		x.response.trailing.fields.announceTrailers(w.Header())
	} else {
		x.putLength(w.Header(), reply)
	}
	w.WriteHeader(reply.Status)
	switch {
	case x.bodyless(reply):
	case s != nil:
		x.stream(w, s)
	case len(reply.Body) > 0:
		_, _ = w.Write(reply.Body) // a client that went away needs no answer
	}
	if trails {
		putTrailers(w.Header(), x.response.trailing.header)
	}
}

// putHeader sets the fields of the reply. They replace what outer net/http
// middleware has set, but for the two that add up.
func (x *exchange) putHeader(to http.Header, fields fn.Header) {
	if len(to) > 0 {
		for _, f := range fields {
			if !fieldline.AddsUp(f.Name) {
				delete(to, f.Name)
			}
		}
	}
	values := x.values[:] // memory for all
	if len(fields) > len(values) {
		values = make([]string, len(fields))
	}
	for i, f := range fields {
		if present := to[f.Name]; present != nil {
			to[f.Name] = append(present, f.Value)
			continue
		}
		values[i] = f.Value
		to[f.Name] = values[i : i+1 : i+1]
	}
	if _, typed := to["Content-Type"]; !typed {
		to["Content-Type"] = nil // net/http would guess one, other hosts do not
	}
}

// counted is the size of bodies whose Content-Length net/http finds out itself,
// because it buffers more than that before it sends the header.
const counted = 1024

// putLength sets Content-Length where it is known. A reply's own counts for
// streams, and for HEAD, to which handlers can answer with a length alone.
func (x *exchange) putLength(header http.Header, reply *fn.Reply) {
	switch {
	case !httpstatus.HasBody(reply.Status):
		delete(header, "Content-Length")
	case reply.Stream != nil:
	case x.native.Method == http.MethodHead && len(reply.Body) == 0:
	case x.native.Method != http.MethodHead && len(reply.Body) <= counted:
		delete(header, "Content-Length")
	default:
		x.length[0] = strconv.Itoa(len(reply.Body))
		header["Content-Length"] = x.length[:]
	}
}

// stream copies a body of unknown size. The header is out, so an error cannot
// become a problem document any more.
func (x *exchange) stream(w http.ResponseWriter, from *stream) {
	to := io.Writer(w)
	if w.Header().Get("Content-Length") == "" {
		to = flusher{w, http.NewResponseController(w)}
	}
	if err := from.copyTo(to); err != nil {
		if x.native.Context().Err() == nil {
			x.logBroken(err, "the reply's stream broke off; the connection is cut")
		}
		abort()
	}
}

// logBroken logs what became of a stream.
func (x *exchange) logBroken(err error, message string) {
	line := x.request.Logger().Error().Str("function", x.request.Function().Name())
	if x.request.ID != "" {
		line = line.Str("request_id", x.request.ID)
	}
	fn.LogStack(line.Err(err), err).Msg(message)
}

// flusher sends on every piece of a stream when it comes: of a stream without
// a length nobody knows when the next will.
type flusher struct {
	io.Writer
	controller *http.ResponseController
}

// Write implements io.Writer.
func (f flusher) Write(p []byte) (int, error) {
	n, err := f.Writer.Write(p)
	if err != nil {
		return n, err
	}
	if err := f.controller.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return n, err
	}
	return n, nil
}
