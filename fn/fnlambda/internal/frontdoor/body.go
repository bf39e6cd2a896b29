package frontdoor

import (
	"encoding/base64"
	"fmt"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// readBody reads the body, which is unescaped right away: it is the largest part
// of the event, and is passed over once.
func (e *Event) readBody(r *scan.Reader) {
	e.body, e.unescaped = "", e.unescaped[:0]
	if r.Kind() != '"' {
		r.SkipUnwanted()
		return
	}
	e.body, e.unescaped = r.Unescape(e.unescaped)
}

// Body returns the event's body in memory of its own, nil when there is none.
func (e *Event) Body() (data []byte, err error) {
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
