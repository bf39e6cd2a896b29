package binding

import (
	"context"
	"errors"
	"io"
)

// size is how many bytes the body has, -1 when nobody can say before it is read.
func size(body io.Reader) int64 {
	switch b := body.(type) {
	case interface{ Size() int64 }:
		return b.Size()
	case interface{ Bytes() []byte }:
		return int64(len(b.Bytes()))
	}
	return -1
}

// bounded reads a body up to a limit, and fails with TooLarge on the byte after it. A
// function that reads it itself, and returns the error, answers as binding would.
type bounded struct {
	r     io.Reader
	left  int64 // -1 when the body is larger
	limit int64
}

func limit(r io.Reader, limit int64) *bounded { return &bounded{r: r, left: limit, limit: limit} }

// Read reads at most one byte more than the limit.
func (b *bounded) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if b.left < 0 {
		return 0, tooLarge(b.limit)
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return n - 1, tooLarge(b.limit)
	}
	return n, broken(err)
}

// Close closes the body when it can be closed.
func (b *bounded) Close() error {
	if c, ok := b.r.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// broken is refusal of what a function reads itself. That nobody waits any more says
// nothing of the body.
func broken(err error) error {
	if err == io.EOF || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return refusal(err)
}

// refusal turns an error of reading into one that refuses the request.
func refusal(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{Kind: Unreadable, Cause: err, Violations: []Violation{{string(InBody), "syntax", "must be sent to its end"}}}
}
