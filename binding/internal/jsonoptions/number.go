package jsonoptions

import (
	stdjson "encoding/json"
	"errors"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/jsonnumber"
)

// numberType is the number of encoding/json that keeps its digits: a number here with
// every toolchain, as internal/jsonnumber writes it.
var numberType = reflect.TypeFor[stdjson.Number]()

func readNumber(dec *jsontext.Decoder, n *stdjson.Number) error {
	if jsonnumber.IsName(dec.StackIndex(dec.StackDepth())) {
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
	return &json.SemanticError{GoType: numberType, JSONKind: value.Kind(), Err: jsonnumber.ErrNoNumber}
}
