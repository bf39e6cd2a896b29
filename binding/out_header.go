package binding

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/anygrain/anygrain/internal/textvalue"
)

// outHeader is a field of an Out that is bound to a header.
type outHeader struct {
	name   string // canonical
	at     outPlace
	encode headerEncoder
}

// headerEncoder adds the values of v to h under the name. It gives the header
// back, as append does, so that nothing of a reply has to live on the heap.
type headerEncoder func(h Header, name string, v reflect.Value) (Header, error)

func (o *outHeader) render(h Header, v reflect.Value) (Header, error) {
	return o.encode(h, o.name, v.FieldByIndex(o.at.index))
}

// appendHeader adds a value unless it is empty.
func appendHeader(h Header, name, value string) (Header, error) {
	value = strings.Trim(value, " \t") // as net/http does on the wire
	if isReference(name) {
		value = EscapeReference(value)
	}
	if value == "" {
		return h, nil
	}
	if err := checkHeaderValue(value); err != nil {
		return h, err
	}
	return append(h, HeaderField{Name: name, Value: value}), nil
}

// checkHeaderValue keeps a value from ending its line (RFC 9110 section 5.5).
// Text beyond ASCII passes when it is UTF-8: not every host can carry other bytes.
func checkHeaderValue(value string) error {
	for i := range len(value) {
		if c := value[i]; c < ' ' && c != '\t' || c == 0x7f {
			return fmt.Errorf("the value contains the control character %#02x at byte %d, want text without line breaks", c, i)
		}
	}
	if !utf8.ValidString(value) {
		return errors.New("the value is not UTF-8, want text; encode bytes, for example as base64")
	}
	return nil
}

// headerEncoderOf returns the encoder of a type, nil when it has none.
func headerEncoderOf(t reflect.Type) headerEncoder {
	if encode := textvalue.WriterOf(t); encode != nil {
		return func(h Header, name string, v reflect.Value) (Header, error) {
			text, err := encode(v)
			if err != nil {
				return h, err
			}
			return appendHeader(h, name, text)
		}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return pointerEncoder(headerEncoderOf(t.Elem()))
	case reflect.Slice, reflect.Array:
		if textvalue.IsList(t.Elem()) {
			return nil // lists of lists have no order that a header could show
		}
		return sliceEncoder(headerEncoderOf(t.Elem()))
	default:
		return nil
	}
}

func pointerEncoder(encode headerEncoder) headerEncoder {
	if encode == nil {
		return nil
	}
	return func(h Header, name string, v reflect.Value) (Header, error) {
		if v.IsNil() {
			return h, nil
		}
		return encode(h, name, v.Elem())
	}
}

func sliceEncoder(encode headerEncoder) headerEncoder {
	if encode == nil {
		return nil
	}
	return func(h Header, name string, v reflect.Value) (_ Header, err error) {
		for i := range v.Len() {
			if h, err = encode(h, name, v.Index(i)); err != nil {
				return h, err
			}
		}
		return h, nil
	}
}
