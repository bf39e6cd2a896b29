package fnhttp

import (
	"io"
	"net/http"
	"time"
)

// What a client has not sent of its body when the answer is there.
const (
	// Before the answer: so long the rest may take to come for the connection to be
	// kept. It is there already, or in the next packet, when a client sends a
	// body in one go.
	patience = 10 * time.Millisecond
	// After the answer: so long the rest is read before the connection is
	// closed, since a system that closes one with unread bytes may take back the answer too.
	lingering = time.Second
	// So many bytes are read before the answer for the sake of the connection, as by
	// net/http. With more it closes, in a way that lets the client see the answer.
	mostDrained = 256 << 10
)

// settle is called before the header of an answer goes out. net/http would first
// wait for the rest of the body, for as long as the client likes. So a rest that
// comes at once is read, and for any other the connection is given up: then
// net/http answers without waiting.
func (b *body) settle(w http.ResponseWriter, r *http.Request) {
	if !b.remains(r) || r.Header["Expect"] != nil {
		return // with Expect net/http does not wait for what the client was not told to send
	}
	if w.Header().Get("Connection") == "close" || b.comes(w, r) {
		return
	}
	w.Header().Set("Connection", "close")
}

// comes reads the rest if it is there or about to come, and reports whether
// net/http has nothing to wait for any more.
//
// A connection that is kept gets no deadline: behind the last byte, which a mounted handler
// may have read already, net/http reads on to notice that the client goes away, and a deadline that
// ends that read ends the context of all later requests. So the time is taken beside the
// read, and a deadline ends it only when the connection is given up.
func (b *body) comes(w http.ResponseWriter, r *http.Request) bool {
	if !b.tryAcquire() { // somebody still reads it who cannot be told to stop
		return false
	}
	connection := http.NewResponseController(w)
	if b.marks.has(ended) || connection.SetReadDeadline(time.Time{}) != nil { // there is no connection
		b.release()
		return true
	}
	begun, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		defer b.release()
		close(begun)
		b.drain()
	}()
	<-begun // on a busy machine that alone can take longer than what is there to be read
	if within(patience, done) {
		return b.marks.has(ended)
	}
	_ = connection.SetReadDeadline(time.Now())
	<-done
	return false
}

// within waits, and reports whether it was done in that time.
func within(d time.Duration, done <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
	}
	select {
	case <-done: // in time all the same
		return true
	default:
		return false
	}
}

// drain reads the rest, as far as net/http would. Whoever calls it has the turn.
func (b *body) drain() {
	_, err := io.CopyN(io.Discard, b.from, mostDrained)
	if err == io.EOF || err == http.ErrBodyReadAfterClose { // Close waits for the rest itself
		b.marks.set(ended)
	}
}

// settleAside is settle while the function still runs: a deadline that passes
// ends the context of the request, which the function may need. So it reads in a goroutine,
// which takeBack ends.
func (b *body) settleAside(w http.ResponseWriter, r *http.Request) {
	if !b.remains(r) || r.Header["Expect"] != nil || !b.tryAcquire() {
		return
	}
	b.marks.set(over)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer b.release()
		b.drain()
	}()
	within(patience, done)
	if !b.marks.has(ended) {
		w.Header().Set("Connection", "close")
	}
}

// giveUp is settle for an answer that may still be made of the body.
func (b *body) giveUp(w http.ResponseWriter, r *http.Request) {
	if b.remains(r) && r.Header["Expect"] == nil {
		w.Header().Set("Connection", "close")
	}
}

// remains reports whether there may be more of the body on the connection. A
// connection of HTTP/2 goes on without it.
func (b *body) remains(r *http.Request) bool {
	return r.ContentLength != 0 && !b.marks.has(ended) && r.ProtoMajor == 1 && b.there()
}

// leave bounds what net/http reads when the handler has returned.
func (b *body) leave(w http.ResponseWriter, r *http.Request) {
	if b.remains(r) {
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(lingering))
	}
}

// settleWith settles a request whose body the host has not looked at. The
// caller is to defer what it returns.
func settleWith(w http.ResponseWriter, r *http.Request) (leave func()) {
	b := &body{from: r.Body, size: r.ContentLength}
	b.settle(w, r)
	return func() { b.leave(w, r) }
}

// settleMounted settles what a mounted handler left of the body, for an answer that net/http
// still holds back (2 KB). What the handler has written beyond that has waited
// already. A connection that it may have taken over is left alone. A handler that has read
// the body to its end has left nothing: its answer may be on its way, so that the
// connection could not be given up any more.
func settleMounted(w http.ResponseWriter, r *http.Request, b *body) {
	switch {
	case !b.remains(r) || r.Header["Upgrade"] != nil || r.Method == http.MethodConnect:
	case r.Header["Expect"] != nil:
		b.leave(w, r)
	default:
		b.settle(w, r) // the deadline that has passed ends net/http's own wait, too
	}
}
