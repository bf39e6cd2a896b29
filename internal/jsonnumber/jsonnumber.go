// Package jsonnumber writes the Number of encoding/json, which keeps its digits. To the
// JSON package it is text up to Go 1.26 and a number from Go 1.27 on; here it is a number
// with both, or an answer would change with the toolchain.
package jsonnumber

import (
	stdjson "encoding/json"
	"errors"

	"github.com/go-json-experiment/json/jsontext"
)

// ErrNoNumber says that a Number holds something else.
var ErrNoNumber = errors.New("a json.Number is not a number")

// Is reports whether the text is a number as JSON writes it.
func Is(text string) bool {
	value := jsontext.Value(text)
	return value.Kind() == '0' && value.IsValid() && text[len(text)-1] > ' '
}

// Write writes the zero value as 0, as encoding/json does. It is for json.MarshalToFunc.
func Write(enc *jsontext.Encoder, n stdjson.Number) error {
	switch {
	case IsName(enc.StackIndex(enc.StackDepth())):
		return errors.ErrUnsupported // a key, which is text
	case n == "":
		n = "0"
	case !Is(string(n)):
		return ErrNoNumber
	}
	return enc.WriteValue(jsontext.Value(n))
}

// IsName reports whether the next of what is within an object is a name.
func IsName(within jsontext.Kind, length int64) bool { return within == '{' && length%2 == 0 }
