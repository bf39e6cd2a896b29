package jsonoptions

import (
	"errors"
	"reflect"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

func writeDuration(enc *jsontext.Encoder, d time.Duration) error {
	return enc.WriteToken(jsontext.String(d.String()))
}

func readDuration(dec *jsontext.Decoder, d *time.Duration) error {
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	switch value.Kind() {
	case 'n':
		*d = 0
		return nil
	case '"':
		var text string
		if err = json.Unmarshal(value, &text); err == nil {
			*d, err = time.ParseDuration(text)
		}
		return semantic[time.Duration](err)
	}
	return semantic[time.Duration](errNotText)
}

// errNotText is said of a duration that is not a JSON string.
var errNotText = errors.New("not a string")

// semantic makes an error one of the JSON package's, which adds the place.
func semantic[T any](err error) error {
	if err == nil {
		return nil
	}
	return &json.SemanticError{GoType: reflect.TypeFor[T](), Err: err}
}

// readReplyDuration is readDuration for a caller that reads a reply: nobody explains its errors.
func readReplyDuration(dec *jsontext.Decoder, d *time.Duration) error {
	token, err := dec.ReadToken()
	switch {
	case err != nil:
		return err
	case token.Kind() == 'n':
		*d = 0 // as null is for every type that has no nil
		return nil
	case token.Kind() != '"':
		return errNoDuration
	}
	if *d, err = time.ParseDuration(token.String()); err != nil {
		return errNoDuration // time's own error would quote the value
	}
	return nil
}

var errNoDuration = errors.New(`a duration is text such as "1m30s"`)
