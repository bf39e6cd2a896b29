package wire

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// readDetails reads whole numbers as int64 where they fit, so that an id among
// the details of an error does not lose its last digits.
var readDetails = json.WithUnmarshalers(json.UnmarshalFromFunc(readAny))

func readAny(dec *jsontext.Decoder, to *any) error {
	if dec.PeekKind() != '0' {
		return errors.ErrUnsupported
	}
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	if n, err := strconv.ParseInt(string(value), 10, 64); err == nil {
		*to = n
		return nil
	}
	f, err := strconv.ParseFloat(string(value), 64)
	*to = f
	return err
}

// CopyDetails returns the details as they are on the other side of the wire.
// What cannot be written there is left out.
func CopyDetails(details map[string]any) map[string]any {
	if len(details) == 0 {
		return nil
	}
	copied := make(map[string]any, len(details))
	for name, value := range details {
		if one, ok := copyDetail(value); ok {
			copied[strings.ToValidUTF8(name, "\uFFFD")] = one
		}
	}
	return copied
}

func copyDetail(value any) (copied any, ok bool) {
	text, ok := AppendDetail(nil, value)
	return copied, ok && json.Unmarshal(text, &copied, readDetails) == nil
}

// AppendDetail appends a detail as JSON. It reports false for what cannot be
// written: its own methods may refuse, or panic.
func AppendDetail(dst []byte, value any) (_ []byte, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	// What is not UTF-8 is replaced, as in the other texts of an error.
	text, err := json.Marshal(value, json.Deterministic(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return dst, false
	}
	return append(dst, bytes.ToValidUTF8(text, []byte("\uFFFD"))...), true
}
