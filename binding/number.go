package binding

import (
	stdjson "encoding/json"
	"errors"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// numberType is the number of encoding/json that keeps its digits. To the JSON package it
// is text up to Go 1.26 and a number from Go 1.27 on; here it is a number with both, or
// an answer would change with the toolchain.
var numberType = reflect.TypeFor[stdjson.Number]()

// isNumber reports whether the text is a number as JSON writes it.
func isNumber(text string) bool {
	value := jsontext.Value(text)
	return value.Kind() == '0' && value.IsValid() && text[len(text)-1] > ' '
}

// writeNumber writes the zero value as 0, as encoding/json does.
func writeNumber(enc *jsontext.Encoder, n stdjson.Number) error {
	switch {
	case isName(enc.StackIndex(enc.StackDepth())):
		return errors.ErrUnsupported // a key, which is text
	case n == "":
		n = "0"
	case !isNumber(string(n)):
		return errNoNumber
	}
	return enc.WriteValue(jsontext.Value(n))
}

func readNumber(dec *jsontext.Decoder, n *stdjson.Number) error {
	if isName(dec.StackIndex(dec.StackDepth())) {
		return errors.ErrUnsupported
	}
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	switch value.Kind() {
	case 'n':
		*n = ""
		return nil
	case '0':
		*n = stdjson.Number(value)
		return nil
	}
	return &json.SemanticError{GoType: numberType, JSONKind: value.Kind(), Err: errNoNumber}
}

var errNoNumber = errors.New("a json.Number is not a number")

// isName reports whether the next of what is within an object is a name.
func isName(within jsontext.Kind, length int64) bool { return within == '{' && length%2 == 0 }
