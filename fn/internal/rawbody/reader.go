package rawbody

import "io"

// Reader reads a body from its beginning. It may read more than the limit: then
// nobody else can read the body any more.
type Reader struct {
	body  *Body
	at    int64
	alone bool // it has read more than the limit
	idle  idle
}

// Read implements io.Reader.
func (r *Reader) Read(p []byte) (int, error) {
	b := r.body
	if len(p) == 0 {
		return 0, nil
	}
	if err := b.acquire(b.ctx); err != nil {
		return 0, err
	}
	defer b.release()
	if b.gone != 0 && !r.alone {
		return 0, b.gone.err()
	}
	n, err := r.next(p)
	r.at += int64(n)
	if r.at > b.limit && !r.alone {
		r.alone, b.gone = true, tooLarge
	}
	return n, err
}

// next reads what is kept, then what nobody has read.
func (r *Reader) next(p []byte) (int, error) {
	b := r.body
	b.touched = true
	switch {
	case r.at < int64(len(b.kept)):
		return copy(p, b.kept[r.at:]), nil
	case b.err != nil:
		return 0, b.err
	}
	n := b.readFrom(p, &r.idle)
	if b.read <= b.limit {
		b.grow()
		b.kept = append(b.kept, p[:n]...)
	}
	return n, nil
}

// Size returns how many bytes the body has, -1 when nobody can say before it is read.
func (r *Reader) Size() int64 {
	b := r.body
	if b.acquire(b.ctx) != nil {
		return -1
	}
	defer b.release()
	if b.err == io.EOF {
		return b.read
	}
	return b.size
}

// rest is a body of which the beginning was read to know whether there is one.
type rest struct {
	kept   []byte
	err    error
	source io.Reader
}

// Read implements io.Reader.
func (r *rest) Read(p []byte) (int, error) {
	switch {
	case len(r.kept) > 0:
		n := copy(p, r.kept)
		r.kept = r.kept[n:]
		return n, nil
	case r.err != nil:
		return 0, r.err
	}
	return r.source.Read(p)
}

// Close implements io.Closer.
func (r *rest) Close() error {
	if c, ok := r.source.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
