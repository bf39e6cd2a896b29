package wire

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/jsonnumber"
)

// readDetails reads whole numbers as int64 where they fit, so that an id among
// the details of an error does not lose its last digits.
var readDetails = json.WithUnmarshalers(json.UnmarshalFromFunc(readAny))

// writeDetails writes the same with every toolchain.
var writeDetails = json.JoinOptions(json.WithMarshalers(json.MarshalToFunc(jsonnumber.Write)), json.Deterministic(true), jsontext.AllowInvalidUTF8(true))

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
	return copied, ok && !deep(text) && json.Unmarshal(text, &copied, readDetails) == nil
}

// maxDepth is how deep a detail may be: JSON is read 10,000 deep, and the caller of
// a caller has to read it too.
const maxDepth = 1000

// deep reports whether valid JSON is deeper than maxDepth.
func deep(text []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
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
	text, err := json.Marshal(value, writeDetails)
	if err != nil {
		return dst, false
	}
	return append(dst, bytes.ToValidUTF8(text, []byte("\uFFFD"))...), true
}
