package dev

import (
	"net"
	"net/http"
	"sync"
)

// fresh are the connections on which no request has begun: browsers open some
// ahead of need. http.Server.Shutdown gives each 5 seconds to begin one.
type fresh struct {
	mu     sync.Mutex
	conns  map[net.Conn]struct{}
	closed bool
}

// attach makes a stopping server close such connections at once.
func (f *fresh) attach(s *http.Server) {
	f.conns = map[net.Conn]struct{}{}
	s.ConnState = f.track
	s.RegisterOnShutdown(f.close)
}

func (f *fresh) track(c net.Conn, state http.ConnState) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case state != http.StateNew:
		delete(f.conns, c)
	case f.closed:
		_ = c.Close()
	default:
		f.conns[c] = struct{}{}
	}
}

func (f *fresh) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	for c := range f.conns {
		_ = c.Close()
	}
}
