package fnlambda

import (
	"encoding/base64"
	"fmt"
	"io"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// body is a request body that is in memory already. It has Bytes, so that
// binding reads it without a copy.
type body struct {
	data []byte
	read int
}

// Bytes returns the whole body.
func (b *body) Bytes() []byte { return b.data }

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if b.read == len(b.data) {
		return 0, io.EOF
	}
	n := copy(p, b.data[b.read:])
	b.read += n
	return n, nil
}

// readBody reads the body, which is unescaped right away: it is the largest part
// of the event, and is passed over once.
func (e *event) readBody(r *scan.Reader) {
	e.body, e.unescaped = "", e.unescaped[:0]
	if r.Kind() != '"' {
		r.SkipUnwanted()
		return
	}
	e.body, e.unescaped = r.Unescape(e.unescaped)
}

// bodyBytes returns the event's body in memory of its own, nil when there is none.
func (e *event) bodyBytes() (data []byte, err error) {
	switch {
	case e.isBase64 && e.body != "":
		data, err = base64.StdEncoding.DecodeString(e.body)
	case e.isBase64:
		data, err = base64.StdEncoding.AppendDecode(nil, e.unescaped)
	case e.body != "":
		return []byte(e.body), nil
	default:
		return e.unescaped, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the event's body is marked as base64 and is not: %w", err)
	}
	return data, nil
}
