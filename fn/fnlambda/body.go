package fnlambda

import (
	"encoding/base64"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
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

// bodyBytes decodes the event's body, nil when there is none.
func (e *event) bodyBytes() ([]byte, error) {
	if len(e.body) <= len(`""`) {
		return nil, nil
	}
	text, err := jsontext.AppendUnquote(make([]byte, 0, len(e.body)), e.body)
	if err != nil || !e.isBase64 {
		return text, err
	}
	data, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		return nil, fmt.Errorf("the event's body is marked as base64 and is not: %w", err)
	}
	return data, nil
}
