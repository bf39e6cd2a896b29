package dev

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// outlet is an output that may be closed at the other end, as in "dev | head".
type outlet struct {
	io.Writer
	closed func() // is told that nobody reads any more
}

// Write implements io.Writer.
func (o *outlet) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if errors.Is(err, brokenPipe) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, os.ErrClosed) {
		o.closed()
	}
	return n, err
}

// keepOnBrokenPipe makes a write to a closed standard output an error: by default
// it ends the process on the spot, with everything left behind (os/signal, SIGPIPE).
func keepOnBrokenPipe() (restore func()) {
	c := make(chan os.Signal, 1) // nobody reads it
	signal.Notify(c, syscall.SIGPIPE)
	return func() { signal.Stop(c) }
}
