package fnhttp

import (
	"io"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// firstRead is how long the header waits for the first bytes of a stream. What
// fails within that time is answered as a failure; a stream that is silent for longer
// has its header sent, so that the client knows of it.
const firstRead = 100 * time.Millisecond

// stream is a reply's stream whose first bytes are read ahead.
type stream struct {
	from  io.Reader
	first []byte
	err   error         // of the first read
	read  chan struct{} // closed when it is over
}

// openStream begins to read the stream. Its goroutine ends with the first read, for
// which copyTo waits. A read that never ends is the function's: it is to heed its context,
// which ends when the client goes away.
func openStream(from io.Reader) *stream {
	s := &stream{from: from, read: make(chan struct{})}
	go func() {
		defer close(s.read)
		s.first, s.err = readFirst(from)
	}()
	return s
}

// readFirst reads until there is something.
func readFirst(from io.Reader) (first []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			first, err = nil, fn.Recovered(v)
		}
	}()
	buffer := make([]byte, 32<<10)
	const most = 100 // reads of nothing, as in package bufio
	for range most {
		n, err := from.Read(buffer)
		if n > 0 || err != nil {
			return buffer[:n], err
		}
	}
	return nil, io.ErrNoProgress
}

// await waits for the first bytes, for a time. The error is that of the stream, when
// it has one by then.
func (s *stream) await() error {
	timer := time.NewTimer(firstRead)
	defer timer.Stop()
	select {
	case <-s.read:
		return s.failure()
	case <-timer.C:
		return nil
	}
}

// failure is what became of the first read, unless that was the end.
func (s *stream) failure() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// copyTo copies the stream, the first bytes when they come.
func (s *stream) copyTo(to io.Writer) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fn.Recovered(v)
		}
	}()
	if len(s.pending()) > 0 {
		if _, err := to.Write(s.first); err != nil {
			return err
		}
	}
	if s.err != nil {
		return s.failure()
	}
	_, err = io.CopyBuffer(to, s.from, s.first[:cap(s.first)])
	return err
}

// pending waits for the first bytes.
func (s *stream) pending() []byte {
	<-s.read
	return s.first
}
