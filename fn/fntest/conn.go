package fntest

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
)

// listener hands out connections in memory, so that a test needs no port and
// can run in a bubble of testing/synctest.
type listener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newListener() *listener {
	return &listener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

// Accept implements net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr implements net.Listener.
func (*listener) Addr() net.Addr { return address(domain + ":80") }

// dial makes a connection to the server; see http.Transport.
func (l *listener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	count := &atomic.Int64{}
	select {
	case l.conns <- &conn{far, count}:
		return &conn{near, count}, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// conn is an end of a connection. Both know how many requests reached the
// handler: the rest was answered by net/http.
type conn struct {
	net.Conn
	requests *atomic.Int64
}

// RemoteAddr implements net.Conn.
func (*conn) RemoteAddr() net.Addr { return address(remoteIP + ":49152") }

type address string

// Network implements net.Addr.
func (address) Network() string { return "tcp" }

// String implements net.Addr.
func (a address) String() string { return string(a) }

type connKey struct{}

// withConn lets the handler know the connection; see http.Server.
func withConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

func connOf(ctx context.Context) *conn {
	c, _ := ctx.Value(connKey{}).(*conn)
	return c
}
