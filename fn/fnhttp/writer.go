package fnhttp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/internal/outgoing"
	"github.com/anygrain/anygrain/internal/httpstatus"
)

// held is how many bytes of a body are held back, in which time middleware can still
// change or replace the answer. With more, or a Flush, it is sent, on every host: where
// there is no connection its status and header are fixed.
const held = 16 << 10

// writer is the ResponseWriter of a function made by Handle, on every host. It
// keeps the rules of net/http's own. What it holds back becomes a reply. It has its
// own header map, so that an abandoned function cannot change one that the server
// reads, and implements all that http.ResponseController knows.
type writer struct {
	ctx      context.Context // the function's
	answer   outgoing.Answer
	response *response // with a connection on the HTTP host
	x        *exchange // nil on other hosts
	source   any       // where there is no connection, what may be an aborter
	head     bool      // the method is HEAD
	duplex   bool      // the handler reads the body while it answers

	header  http.Header
	status  int         // 0 until there is one
	fields  fieldList   // the header as it was then
	body    []byte      // held back; where there is no connection, all of it
	written int64       // by the handler
	taken   int64       // of that
	reply   *fn.Reply   // what is sent, when it counts as sent
	failed  error       // why nothing can be sent
	broken  error       // what the connection said
	ended   bool        // the handler has returned
	stop    func() bool // ends what CloseNotify began
}

// Header implements http.ResponseWriter.
func (w *writer) Header() http.Header { return w.header }

// do runs f while the response belongs to the function.
func (w *writer) do(f func() error) error {
	w.response.mu.Lock()
	defer w.response.mu.Unlock()
	switch {
	case w.response.over || w.ended:
		return http.ErrHandlerTimeout
	case w.response.state == hijacked:
		return http.ErrHijacked
	case w.failed != nil:
		return w.failed
	}
	return f()
}

// WriteHeader implements http.ResponseWriter.
func (w *writer) WriteHeader(status int) {
	_ = w.do(func() error {
		if w.status != 0 {
			return nil
		}
		checkStatus(status)
		if status < 200 && status != http.StatusSwitchingProtocols {
			w.inform(status)
			return nil
		}
		w.decide(status)
		if status == http.StatusSwitchingProtocols && w.x != nil { // the last of its connection
			return w.send(nil)
		}
		return nil
	})
}

// checkStatus panics when there is no such status, as net/http does.
func checkStatus(status int) {
	if status < 100 || status > 999 {
		panic(fmt.Sprintf("invalid WriteHeader code %v", status))
	}
}

// inform sends an informational response (RFC 9110 section 15.2), where that can be carried.
func (w *writer) inform(status int) {
	if w.x == nil || w.reply != nil {
		return
	}
	if !w.response.enter() {
		return
	}
	defer w.response.leave()
	to := w.response.to.Header()
	before := to.Clone()
	clear(to)
	for name, values := range w.header {
		to[name] = values
	}
	w.response.to.WriteHeader(status)
	clear(to)
	for name, values := range before {
		to[name] = values
	}
}

// decide takes the status and the header as they are now, once.
func (w *writer) decide(status int) {
	if w.status == 0 {
		w.status = status
		w.fields.take(w.header, w.before())
	}
}

// before is the header that stood there before the function.
func (w *writer) before() http.Header {
	if w.x == nil {
		return nil
	}
	return w.response.to.Header()
}

// send says that the response counts as sent, and sends what was held back. p is
// what comes next, to guess the type of the body by.
func (w *writer) send(p []byte) error {
	w.fields.detect(w.status, w.body, p)
	reply := &fn.Reply{Status: w.status, Header: w.fields.header}
	if w.fields.length >= 0 {
		reply.Header.Add("Content-Length", strconv.FormatInt(w.fields.length, 10))
	}
	if err := w.answer.Begin(w.ctx, reply); err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			err = http.ErrHandlerTimeout
		}
		w.failed = err
		return err
	}
	w.reply = reply
	if w.x == nil {
		return nil
	}
	if !w.response.enter() {
		w.failed = http.ErrHandlerTimeout
		return w.failed
	}
	defer w.response.leave()
	w.response.state = begun
	to := w.response.to
	w.fields.prepare(to.Header())
	w.x.putHeader(to.Header(), reply.Header)
	w.fields.announceTrailers(to.Header())
	if !w.duplex && !w.x.body.marks.has(over) {
		w.x.body.settleAside(to, w.x.native)
	}
	to.WriteHeader(w.status)
	body := w.body
	w.body = nil
	if len(body) == 0 || !httpstatus.HasBody(w.status) {
		return nil
	}
	_, err := to.Write(body)
	return w.noted(err)
}

// noted keeps what the connection says.
func (w *writer) noted(err error) error {
	if err != nil && w.broken == nil {
		w.broken = err
	}
	return err
}

// Write implements http.ResponseWriter.
func (w *writer) Write(p []byte) (n int, err error) {
	err = w.do(func() error {
		n, err = w.write(p)
		return err
	})
	return n, err
}

// WriteString implements io.StringWriter.
func (w *writer) WriteString(s string) (n int, err error) { return w.Write([]byte(s)) }

func (w *writer) write(p []byte) (int, error) {
	w.decide(http.StatusOK)
	switch {
	case len(p) == 0:
		return 0, nil
	case !httpstatus.HasBody(w.status):
		return 0, http.ErrBodyNotAllowed
	}
	w.written += int64(len(p))
	if w.fields.length >= 0 && w.written > w.fields.length {
		return 0, http.ErrContentLength
	}
	w.taken += int64(len(p))
	if w.reply == nil && len(w.body)+len(p) > held {
		if err := w.send(p); err != nil {
			return 0, err
		}
	}
	if w.reply != nil && w.x != nil {
		if !w.response.enter() {
			return 0, http.ErrHandlerTimeout
		}
		defer w.response.leave()
		n, err := w.response.to.Write(p)
		return n, w.noted(err)
	}
	if w.reply == nil || !w.head {
		w.body = append(w.body, p...)
	}
	return len(p), nil
}

// ReadFrom implements io.ReaderFrom, which handlers may ask net/http's own for.
func (w *writer) ReadFrom(from io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{w}, from)
}

// Flush implements http.Flusher.
func (w *writer) Flush() { _ = w.FlushError() }

// FlushError is Flush for http.ResponseController. Where there is no connection, the
// status and the header are decided as if they had been sent.
func (w *writer) FlushError() error {
	return w.do(func() error {
		w.decide(http.StatusOK)
		if w.reply == nil {
			if err := w.send(nil); err != nil {
				return err
			}
		}
		if w.x == nil {
			return nil
		}
		if !w.response.enter() {
			return http.ErrHandlerTimeout
		}
		defer w.response.leave()
		return w.controller().Flush()
	})
}

func (w *writer) controller() *http.ResponseController {
	return http.NewResponseController(w.response.to)
}

// onConnection runs f where there is a connection.
func (w *writer) onConnection(f func(*http.ResponseController) error) error {
	return w.do(func() error {
		if w.x == nil {
			return http.ErrNotSupported
		}
		return f(w.controller())
	})
}

// Hijack implements http.Hijacker.
func (w *writer) Hijack() (conn net.Conn, rw *bufio.ReadWriter, err error) {
	err = w.onConnection(func(c *http.ResponseController) error {
		if w.status != 0 && w.reply == nil { // as net/http sends a header that is decided
			if err := w.send(nil); err != nil {
				return err
			}
		}
		if conn, rw, err = c.Hijack(); err == nil {
			w.response.state = hijacked
		}
		return err
	})
	return conn, rw, err
}

// SetReadDeadline is called by http.ResponseController.
func (w *writer) SetReadDeadline(t time.Time) error {
	return w.onConnection(func(c *http.ResponseController) error { return c.SetReadDeadline(t) })
}

// SetWriteDeadline is called by http.ResponseController.
func (w *writer) SetWriteDeadline(t time.Time) error {
	return w.onConnection(func(c *http.ResponseController) error { return c.SetWriteDeadline(t) })
}

// EnableFullDuplex is called by http.ResponseController.
func (w *writer) EnableFullDuplex() error {
	return w.onConnection(func(c *http.ResponseController) error {
		err := c.EnableFullDuplex()
		w.duplex = w.duplex || err == nil
		return err
	})
}

// CloseNotify implements the interface of net/http that contexts have replaced and
// that frameworks such as gin still ask for: the channel gets a value when the
// function's context ends.
func (w *writer) CloseNotify() <-chan bool {
	gone := make(chan bool, 1)
	stop := context.AfterFunc(w.ctx, func() { gone <- true })
	_ = w.do(func() error {
		if w.stop != nil {
			w.stop()
		}
		w.stop = stop
		return nil
	})
	return gone
}
