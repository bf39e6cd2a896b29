package wire

import (
	"errors"
	"strconv"

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
		text, err := json.Marshal(value, json.Deterministic(true))
		if err != nil {
			continue
		}
		var one any
		if json.Unmarshal(text, &one, readDetails) == nil {
			copied[name] = one
		}
	}
	return copied
}
