package fnhttp

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// body is the request's body, of which the host keeps track: whether it has been
// read to its end, and whether somebody waits for the client's bytes. There is
// one for each request, so what few requests need is apart.
type body struct {
	from  io.ReadCloser
	size  int64 // -1 when the client did not say
	marks marks
	rare  atomic.Pointer[rare]
}

// marks are what is true of a body. They take no more room than they need, since
// eight bytes more would make the memory of each request 64 bytes larger.
type marks struct{ bits atomic.Uint32 }

const (
	over    uint32 = 1 << iota // the response is on its way, and what is left is lost
	ended                      // there is no more
	reading                    // it is somebody's turn
)

func (m *marks) has(mark uint32) bool { return m.bits.Load()&mark != 0 }

// set reports whether the mark was set before.
func (m *marks) set(mark uint32) bool { return m.bits.Or(mark)&mark != 0 }

func (m *marks) clear(mark uint32) { m.bits.And(^mark) }

// rare is what a body has with which more than one goroutine deals.
type rare struct {
	mu    sync.Mutex
	free  chan struct{} // closed when the turn ends; nil when nobody waits for it
	ahead *bytes.Reader // what readAhead has read, for whose turn it is
}

// errOver is what a function gets that is still reading when its answer has been
// given without it. It must not take for the whole what net/http left of the body.
var errOver = errors.New("the request has been answered; what is left of its body is not to be had any more")

func (b *body) there() bool { return b.from != nil && b.from != http.NoBody }

// acquire waits for the turn to read.
func (b *body) acquire() {
	for !b.tryAcquire() {
		if free := b.turn(); free != nil {
			<-free
		}
	}
}

func (b *body) tryAcquire() bool { return !b.marks.set(reading) }

// turn returns what is closed when the turn of somebody ends, nil when it is nobody's.
func (b *body) turn() <-chan struct{} {
	r := b.shared()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !b.marks.has(reading) {
		return nil
	}
	if r.free == nil {
		r.free = make(chan struct{})
	}
	return r.free
}

// shared makes what the goroutines share.
func (b *body) shared() *rare {
	if b.rare.Load() == nil {
		b.rare.CompareAndSwap(nil, &rare{})
	}
	return b.rare.Load()
}

// release ends the turn. Who waits for it has made rare before it looked whose turn it is.
func (b *body) release() {
	b.marks.clear(reading)
	r := b.rare.Load()
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.free != nil {
		close(r.free)
		r.free = nil
	}
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if b.marks.has(over) {
		return 0, errOver
	}
	b.acquire()
	defer b.release()
	if b.marks.has(over) {
		return 0, errOver
	}
	if r := b.rare.Load(); r != nil && r.ahead != nil && r.ahead.Len() > 0 {
		return r.ahead.Read(p)
	}
	n, err := b.take(p)
	if b.marks.has(over) {
		return 0, errOver
	}
	return n, err
}

// take reads from the connection.
func (b *body) take(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if err == io.EOF {
		b.marks.set(ended)
	}
	return n, err
}

// Size returns what the client said, -1 when it did not; see binding.Source.
func (b *body) Size() int64 { return b.size }

// Close implements io.Closer. net/http's own would wait for the rest.
func (b *body) Close() error {
	b.marks.set(over)
	return nil
}

// takeBack ends the read of somebody who still waits for the client: an abandoned
// function, or readAhead. net/http does not answer before the body is free. What is
// about to come may do so. A deadline that ends a read, or the one that net/http
// begins behind the last byte, ends the context that the connection's later
// requests have too, so then the connection is given up.
func (b *body) takeBack(w http.ResponseWriter, r *http.Request) {
	b.marks.set(over)
	if b.tryAcquire() || b.acquireSoon() {
		b.release()
		return
	}
	if http.NewResponseController(w).SetReadDeadline(time.Now()) != nil {
		return // no connection, so nobody who could wait for one
	}
	if r.ProtoMajor == 1 { // one of HTTP/2 has a deadline for each stream
		w.Header().Set("Connection", "close")
	}
	b.acquire()
	b.release()
}

// acquireSoon waits a little for the turn to read.
func (b *body) acquireSoon() bool {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for !b.tryAcquire() {
		free := b.turn()
		if free == nil {
			continue
		}
		select {
		case <-free:
		case <-timer.C:
			return b.tryAcquire()
		}
	}
	return true
}

// mostAhead is the size in bytes up to which a body is read that nobody asked for.
const mostAhead = 64 << 10

// startAhead reads a small body that the function does not bind, while the
// function runs: only then does net/http notice that the client has gone away, and
// ends the context. A client that asks first (Expect) is not told to send it.
//
// Its goroutine ends when it has read. takeBack sees to that before the answer goes out,
// and behind an answer with a stream the deadline of leave, or the end of HTTP/2's stream.
func (b *body) startAhead(r *http.Request) {
	if b.size == 0 || b.size > mostAhead || r.Header["Expect"] != nil {
		return
	}
	go b.readAhead()
}

// readAhead reads what middleware may still ask for.
func (b *body) readAhead() {
	b.acquire()
	defer b.release()
	room := b.size
	if room < 0 {
		room = mostAhead
	}
	buffer := make([]byte, room)
	kept := 0
	var err error
	for n := 0; kept < len(buffer) && err == nil && !b.marks.has(over); kept += n {
		n, err = b.take(buffer[kept:])
	}
	b.shared().ahead = bytes.NewReader(buffer[:kept])
}
