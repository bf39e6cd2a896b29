package fnhttp

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// defaultSendTimeout is long enough for any network that still works, and short
// enough that a client cannot hold what it asked for as long as it likes.
const defaultSendTimeout = 30 * time.Second

// piece is how many bytes are written under one deadline.
const piece = 256 << 10

// progressListener bounds how long writes to its connections stand still.
type progressListener struct {
	net.Listener
	timeout time.Duration
}

// Accept implements net.Listener.
func (l progressListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &progressConn{Conn: c, timeout: l.timeout}, nil
}

// progressConn is a connection on which a write has to get on. The time counts
// while a write is pending alone, so that a stream of events may be silent as
// long as it likes. A deadline that others set holds instead.
type progressConn struct {
	net.Conn
	timeout time.Duration

	mu     sync.Mutex
	theirs time.Time // zero for none
	ours   time.Time // what the connection has while theirs is zero
}

// Write implements net.Conn.
func (c *progressConn) Write(p []byte) (int, error) {
	written := 0
	for {
		n, err := c.push(func() (int64, error) {
			n, err := c.Conn.Write(p[written:min(len(p), written+piece)])
			return int64(n), err
		})
		if written += int(n); err != nil || written >= len(p) {
			return written, err
		}
	}
}

// ReadFrom implements io.ReaderFrom for files, which the system can send without a copy.
func (c *progressConn) ReadFrom(r io.Reader) (int64, error) {
	to, canSend := c.Conn.(io.ReaderFrom)
	whole, limited := r.(*io.LimitedReader)
	if !canSend || !limited || !isFile(whole.R) {
		return io.Copy(struct{ io.Writer }{c}, r)
	}
	var sent int64
	for whole.N > 0 {
		n, err := c.push(func() (int64, error) {
			return to.ReadFrom(&io.LimitedReader{R: whole.R, N: min(whole.N, piece)})
		})
		whole.N -= n
		if sent += n; err != nil || n == 0 {
			return sent, err
		}
	}
	return sent, nil
}

func isFile(r io.Reader) bool {
	_, ok := r.(*os.File)
	return ok
}

// push writes once. When the deadline passes and the client has taken something
// meanwhile, that is progress and no error.
func (c *progressConn) push(write func() (int64, error)) (int64, error) {
	began := time.Now()
	c.arm(began, c.timeout/2)
	for {
		n, err := write()
		if err == nil || !c.expired(err) {
			return n, err
		}
		if n > 0 {
			return n, nil
		}
		if time.Since(began) >= c.timeout {
			return 0, err
		}
		c.arm(began, c.timeout)
	}
}

// arm sets our deadline, unless there is one of others. One that leaves the time
// that is needed stays, so that not every small answer sets it.
func (c *progressConn) arm(began time.Time, needed time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.theirs.IsZero() && c.ours.Sub(began) < needed {
		c.ours = began.Add(c.timeout)
		_ = c.Conn.SetWriteDeadline(c.ours)
	}
}

// expired reports whether our deadline has passed.
func (c *progressConn) expired(err error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.theirs.IsZero() && errors.Is(err, os.ErrDeadlineExceeded)
}

// SetWriteDeadline implements net.Conn.
func (c *progressConn) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.IsZero() && c.theirs.IsZero() {
		return nil // as net/http says after each request
	}
	c.theirs, c.ours = t, time.Time{}
	return c.Conn.SetWriteDeadline(t)
}

// SetDeadline implements net.Conn.
func (c *progressConn) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

// CloseWrite lets net/http end its side first; see http.Server.
func (c *progressConn) CloseWrite() error {
	if w, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return w.CloseWrite()
	}
	return nil
}

// NetConn returns the connection beneath, as that of a tls.Conn does.
func (c *progressConn) NetConn() net.Conn { return c.Conn }
