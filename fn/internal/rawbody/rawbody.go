// Package rawbody lets the body of a request be read again and again, although
// the host can read it once.
package rawbody

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
)

var (
	// ErrTaken is what reading ends with when the function has the body as a
	// stream: nobody kept what it read.
	ErrTaken = errors.New("the body was handed on as a stream, and what has been read of it is not kept; read it before, or take it as bytes")
	// ErrTooLarge is what reading ends with when somebody has read more of the
	// body than is kept.
	ErrTooLarge = errors.New("the body is larger than its limit, so that it was not kept when it was read")
	errBroken   = errors.New("reading the body has panicked")
)

// Source is a host's request. Its body is nil when there is none.
type Source interface{ Body() io.Reader }

// Body is the body of one request. What is read is kept as far as its limit, so
// that each Reader and each Whole begins at its beginning. It is safe for
// concurrent use: one reads, the others wait.
//
// Each request has one, though few have a body that somebody reads: what reading takes is
// apart, in memory that is used again.
type Body struct {
	from  Source // nil when it has been asked
	limit int64
	ctx   context.Context // ends the waiting of a Reader

	mu       sync.Mutex
	borrowed int32 // how many look at what is kept now
	busy     bool  // somebody reads
	touched  bool  // somebody has read: what is read is kept
	shared   bool  // somebody may still look at what is kept after End
	gone     loss  // why there is no beginning any more

	*content // nil until somebody reads, and after End
}

// content is what has been read of a body.
type content struct {
	free   chan struct{} // closed when nobody reads any more; nil when nobody waits
	source io.Reader
	size   int64  // -1 when nobody knows yet
	kept   []byte // what was read, from the beginning
	own    bool   // kept is in the buffer, and not the host's
	buffer []byte
	read   int64  // how much was read, kept or not
	err    error  // what reading ended with
	first  Reader // memory for the first Reader
}

// loss says why a body has no beginning any more.
type loss uint8

const (
	taken    loss = iota + 1 // ErrTaken
	tooLarge                 // ErrTooLarge
	nothing                  // there was none, which stays so
)

// err is what reading ends with, nil when nothing is lost.
func (l loss) err() error {
	switch l {
	case taken:
		return ErrTaken
	case tooLarge:
		return ErrTooLarge
	}
	return nil
}

// Begin sets what is to be read, and how much of it is kept. It must be called
// before anything else.
func (b *Body) Begin(ctx context.Context, from Source, limit int64) {
	b.ctx, b.from, b.limit = ctx, from, limit
}

// contents are used again, with buffers that are not too large.
var contents = sync.Pool{New: func() any { return new(content) }}

const (
	maxBuffer = 64 << 10 // the largest that is used again
	minRead   = 512
)

// acquire waits until nobody else reads.
func (b *Body) acquire(ctx context.Context) error {
	for {
		b.mu.Lock()
		if !b.busy {
			b.busy = true
			if b.content == nil {
				b.content = contents.Get().(*content)
				b.size = -1
			}
			b.mu.Unlock()
			b.open()
			return nil
		}
		if b.free == nil {
			b.free = make(chan struct{})
		}
		free := b.free
		b.mu.Unlock()
		select {
		case <-free:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (b *Body) release() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.busy = false
	if b.free != nil {
		close(b.free)
		b.free = nil
	}
}

// open asks the host for the body, once.
func (b *Body) open() {
	if b.from == nil {
		return
	}
	b.source, b.from = b.from.Body(), nil
	switch from := b.source.(type) {
	case nil:
		b.size, b.err = 0, io.EOF
	case interface{ Bytes() []byte }: // it is in memory as it is
		b.kept, b.err = from.Bytes(), io.EOF
		b.size = int64(len(b.kept))
		b.read = b.size
	case interface{ Size() int64 }:
		b.size = from.Size()
	}
}

// none reports whether there is no body, or an empty one.
func (b *Body) none() bool { return b.gone == nothing || b.read == 0 && b.err == io.EOF }

// more reads once from the host, behind what is kept. It is called when all that
// was read is kept.
func (b *Body) more(most int64, i *idle) {
	b.grow()
	p := b.kept[len(b.kept):cap(b.kept)]
	if int64(len(p)) > most {
		p = p[:most]
	}
	n := b.readFrom(p, i)
	b.kept = b.kept[:len(b.kept)+n]
}

// idle counts the reads in a row that brought nothing. Who reads in a loop has one: a
// field of Body would make the memory of each request larger.
type idle uint8

// mostIdle is how many there may be, as in package bufio.
const mostIdle = 100

// readFrom reads once from the host. A reader that panics is not asked again, nor one
// that has nothing again and again.
func (b *Body) readFrom(p []byte, i *idle) int {
	b.err = errBroken
	n, err := b.source.Read(p)
	b.err = err
	b.read += int64(n)
	*i++
	if n > 0 {
		*i = 0
	}
	if err == nil && *i == mostIdle {
		b.err = io.ErrNoProgress
	}
	return n
}

// grow makes the buffer large enough for a read of some size.
func (c *content) grow() {
	if !c.own {
		c.kept, c.own = c.buffer[:0], true
	}
	if cap(c.kept)-len(c.kept) < minRead {
		c.kept = slices.Grow(c.kept, cap(c.kept)+minRead)
	}
}

// Whole returns the body within the limit; over reports that it is larger. The
// bytes are lent until Done is called, and must not be changed.
func (b *Body) Whole(ctx context.Context, limit int64) (data []byte, over bool, err error) {
	if err := b.acquire(ctx); err != nil {
		return nil, false, err
	}
	defer b.release()
	switch {
	case b.gone == nothing:
		return nil, false, nil
	case b.gone == tooLarge, b.gone == 0 && b.size > limit:
		return nil, true, nil
	case b.gone != 0:
		return nil, false, b.gone.err()
	}
	b.touched = true
	var i idle
	for b.err == nil && b.read <= limit {
		b.more(limit+1-b.read, &i)
	}
	switch {
	case b.read > limit:
		return nil, true, nil
	case b.err != io.EOF:
		return nil, false, b.err
	}
	b.lend()
	return b.kept, false, nil
}

func (b *Body) lend() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.borrowed++
}

// Done says that what Whole returned is not looked at any more.
func (b *Body) Done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.borrowed--
}

// End gives the memory of the body back if nobody can look at it any more. It
// waits for nobody.
func (b *Body) End() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.content == nil || b.busy || b.shared || b.borrowed > 0 {
		return
	}
	b.gone = taken
	if b.none() {
		b.gone = nothing
	}
	b.content.giveBack()
	b.content = nil
}

// giveBack hands the memory to another body.
func (c *content) giveBack() {
	buffer := c.buffer
	if c.own {
		buffer = c.kept[:0]
	}
	if cap(buffer) > maxBuffer {
		buffer = nil
	}
	*c = content{buffer: buffer}
	contents.Put(c)
}

// Reader returns the body from its beginning, nil when it is empty. To know that
// of a body of unknown size, it waits for its first byte.
func (b *Body) Reader() io.Reader {
	if err := b.acquire(b.ctx); err != nil {
		return b.newReader()
	}
	defer b.release()
	if b.gone == 0 && b.size <= 0 {
		var i idle
		for b.err == nil && b.read == 0 {
			b.more(minRead, &i)
		}
	}
	if b.none() {
		return nil
	}
	return b.newReader()
}

// newReader returns a reader, which is not bound to the end of the request.
func (b *Body) newReader() *Reader {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shared = true
	if b.first.body == nil {
		b.first.body = b
		return &b.first
	}
	return &Reader{body: b}
}

// Stream hands the body on to somebody who reads it once: what nobody has read
// by now is not kept. It is nil when there is none; it waits for nothing, so an
// empty body of unknown size is not nil.
func (b *Body) Stream() io.Reader {
	if err := b.acquire(b.ctx); err != nil {
		return b.newReader()
	}
	defer b.release()
	switch {
	case b.none():
		return nil
	case b.touched || b.gone != 0:
		return b.newReader()
	}
	b.gone = taken
	if b.read == 0 || b.err == io.EOF && !b.own {
		return b.source
	}
	b.own, b.buffer = false, nil // not given back: Reader waited for the first bytes, which are in it
	return &rest{kept: b.kept, err: b.err, source: b.source}
}
