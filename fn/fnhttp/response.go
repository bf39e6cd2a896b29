package fnhttp

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// response is the server's ResponseWriter while a function of Handle may use
// it. A function that was abandoned when its time was up can go on after the
// request has been answered; from then on nothing of it may reach the connection.
type response struct {
	mu    sync.Mutex
	to    http.ResponseWriter // nil on hosts that have no connection
	state state
	over  bool // the request has been answered

	ending  atomic.Bool // the request is about to be answered
	writing atomic.Bool // its function may be waiting for the client

	trailing *writer // the handler that has trailers to send behind its reply
}

// state is what became of the response.
type state uint8

const (
	untouched state = iota // the host writes it
	begun                  // the header was sent
	completed              // all of it was sent
	hijacked               // the connection belongs to the handler
	aborted                // the handler panicked with http.ErrAbortHandler
)

// end takes the response back from its function and returns what the function
// did to it. Writes of the function fail from now on.
func (s *response) end() state {
	s.ending.Store(true)
	if s.writing.Load() {
		// An abandoned function is writing to a client that does not read.
		_ = http.NewResponseController(s.to).SetWriteDeadline(time.Now())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	return s.state
}

// enter says that the function is going to write to the connection. It is false when
// it must not any more. What has not begun to write then cannot hold up the answer, whose
// connection is not to be spoiled by a deadline.
func (s *response) enter() bool {
	s.writing.Store(true)
	if s.ending.Load() {
		s.writing.Store(false)
		return false
	}
	return true
}

// leave says that the function has written.
func (s *response) leave() { s.writing.Store(false) }

// untouchedHeader returns a copy of the header that stands there, unless the response is
// begun or taken back.
func (s *response) untouchedHeader() (header http.Header, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != untouched || s.over {
		return nil, false
	}
	if s.to != nil {
		header = s.to.Header().Clone()
	}
	if header == nil {
		header = http.Header{}
	}
	return header, true
}
