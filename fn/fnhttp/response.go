package fnhttp

import (
	"net/http"
	"sync"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// response is the server's ResponseWriter while a function of Handle may use
// it. A function that was abandoned by middleware.Timeout can go on after the
// request has been answered; from then on nothing of it may reach the connection.
type response struct {
	mu    sync.Mutex
	to    http.ResponseWriter
	state state
	over  bool // the request has been answered
}

// state is what became of the response.
type state int

const (
	untouched state = iota // the host writes it
	begun                  // the header was sent
	hijacked               // the connection belongs to the handler
	aborted                // the handler panicked with http.ErrAbortHandler
)

// end takes the response back from its function and returns what the function
// did to it. Writes of the function fail from now on.
func (s *response) end() state {
	if !s.mu.TryLock() {
		// An abandoned function is writing to a client that does not read.
		_ = http.NewResponseController(s.to).SetWriteDeadline(time.Now())
		s.mu.Lock()
	}
	defer s.mu.Unlock()
	s.over = true
	return s.state
}

// set notes a state, unless the response has been taken back.
func (s *response) set(to state) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over {
		s.state = to
	}
}

// open gives a function the response, unless that is begun or taken back.
func (s *response) open(req *fn.Request) (w *writer, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != untouched || s.over {
		return nil, false
	}
	header := s.to.Header().Clone()
	if header == nil {
		header = http.Header{}
	}
	return &writer{response: s, request: req, header: header}, true
}
