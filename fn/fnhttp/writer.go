package fnhttp

import (
	"bufio"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// writer is the ResponseWriter of a function made by Handle on this host. It
// has its own header map, so that an abandoned function cannot change one that
// the server reads, and implements all that http.ResponseController knows.
type writer struct {
	response *response
	request  *fn.Request
	header   http.Header
	status   int // 0 until the header was sent
}

// Header implements http.ResponseWriter.
func (w *writer) Header() http.Header { return w.header }

// do runs f when the response still belongs to the function.
func (w *writer) do(f func() error) error {
	w.response.mu.Lock()
	defer w.response.mu.Unlock()
	if w.response.over {
		return http.ErrHandlerTimeout
	}
	return f()
}

// WriteHeader implements http.ResponseWriter.
func (w *writer) WriteHeader(status int) {
	_ = w.do(func() error { w.begin(status); return nil })
}

// begin sends the header, once. Informational responses can come before it
// (RFC 9110 section 15.2); 101 is the last of its connection.
func (w *writer) begin(status int) {
	to := w.response.to
	switch {
	case w.response.state != untouched:
	case status >= 100 && status < 200 && status != http.StatusSwitchingProtocols:
		w.putHeader(to.Header())
		to.WriteHeader(status)
	default:
		w.putHeader(to.Header())
		w.mergeReplyHeader(to.Header())
		to.WriteHeader(status) // panics when there is no such status
		w.status, w.response.state = status, begun
	}
}

// beginImplicitly leaves the status to what the caller does next: a write or a
// flush means 200, and only with it does a ResponseWriter detect the Content-Type.
func (w *writer) beginImplicitly() {
	if w.response.state != untouched {
		return
	}
	to := w.response.to.Header()
	w.putHeader(to)
	w.mergeReplyHeader(to)
	w.status, w.response.state = http.StatusOK, begun
}

func (w *writer) putHeader(to http.Header) {
	clear(to)
	maps.Copy(to, w.header.Clone())
}

// mergeReplyHeader adds what middleware has set, as a unit does it for replies
// that are not sent yet.
func (w *writer) mergeReplyHeader(to http.Header) {
	fields := *w.request.ReplyHeader()
	for _, f := range fields {
		if !addsUp(f.Name) {
			to.Del(f.Name)
		}
	}
	for _, f := range fields {
		to.Add(f.Name, f.Value)
	}
}

// Write implements http.ResponseWriter.
func (w *writer) Write(p []byte) (n int, err error) {
	err = w.do(func() error {
		w.beginImplicitly()
		n, err = w.response.to.Write(p)
		return err
	})
	return n, err
}

// WriteString implements io.StringWriter.
func (w *writer) WriteString(s string) (n int, err error) {
	err = w.do(func() error {
		w.beginImplicitly()
		n, err = io.WriteString(w.response.to, s)
		return err
	})
	return n, err
}

func (w *writer) controller() *http.ResponseController {
	return http.NewResponseController(w.response.to)
}

// Flush implements http.Flusher.
func (w *writer) Flush() { _ = w.FlushError() }

// FlushError is Flush for http.ResponseController.
func (w *writer) FlushError() error {
	return w.do(func() error {
		w.beginImplicitly()
		return w.controller().Flush()
	})
}

// Hijack implements http.Hijacker.
func (w *writer) Hijack() (conn net.Conn, rw *bufio.ReadWriter, err error) {
	err = w.do(func() error {
		conn, rw, err = w.controller().Hijack()
		if err == nil {
			w.response.state = hijacked
		}
		return err
	})
	return conn, rw, err
}

// SetReadDeadline is called by http.ResponseController.
func (w *writer) SetReadDeadline(t time.Time) error {
	return w.do(func() error { return w.controller().SetReadDeadline(t) })
}

// SetWriteDeadline is called by http.ResponseController.
func (w *writer) SetWriteDeadline(t time.Time) error {
	return w.do(func() error { return w.controller().SetWriteDeadline(t) })
}

// EnableFullDuplex is called by http.ResponseController.
func (w *writer) EnableFullDuplex() error {
	return w.do(func() error { return w.controller().EnableFullDuplex() })
}

// complete is called when the handler has returned: a response without a body
// is sent now, and the trailers are handed over.
func (w *writer) complete() {
	_ = w.do(func() error {
		w.begin(http.StatusOK)
		if w.response.state == begun {
			w.putTrailers(w.response.to.Header())
		}
		return nil
	})
}

func (w *writer) putTrailers(to http.Header) {
	for name, values := range w.header {
		if strings.HasPrefix(name, http.TrailerPrefix) || w.declares(name) {
			to[name] = values
		}
	}
}

// declares reports whether the field Trailer names the field.
func (w *writer) declares(name string) bool {
	for _, list := range w.header["Trailer"] {
		for trailer := range strings.SplitSeq(list, ",") {
			if strings.EqualFold(strings.TrimSpace(trailer), name) {
				return true
			}
		}
	}
	return false
}
