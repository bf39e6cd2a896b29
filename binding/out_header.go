package binding

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/anygrain/anygrain/internal/gotype"
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
	if encode := scalarEncoderOf(t); encode != nil {
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
		if isList(t.Elem()) {
			return nil // lists of lists have no order that a header could show
		}
		return sliceEncoder(headerEncoderOf(t.Elem()))
	default:
		return nil
	}
}

// isList reports whether the type is a slice or array that has no text of its own.
func isList(t reflect.Type) bool {
	return (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) && scalarEncoderOf(t) == nil
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

// scalarEncoderOf returns the encoder of a type that has one text, nil when it
// has none.
func scalarEncoderOf(t reflect.Type) func(reflect.Value) (string, error) {
	switch {
	case gotype.IsTime(t):
		return encodeTime
	case gotype.IsDuration(t):
		return func(v reflect.Value) (string, error) { return time.Duration(v.Int()).String(), nil }
	case t.Implements(textMarshalerType):
		return encodeText
	case reflect.PointerTo(t).Implements(textMarshalerType):
		return func(v reflect.Value) (string, error) { return encodeText(v.Addr()) }
	}
	switch t.Kind() {
	case reflect.String:
		return func(v reflect.Value) (string, error) { return v.String(), nil }
	case reflect.Bool:
		return func(v reflect.Value) (string, error) { return strconv.FormatBool(v.Bool()), nil }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) (string, error) { return strconv.FormatInt(v.Int(), 10), nil }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(v reflect.Value) (string, error) { return strconv.FormatUint(v.Uint(), 10), nil }
	case reflect.Float32, reflect.Float64:
		return encodeFloat(t.Bits())
	}
	return encoderOfBytes(t)
}

func encoderOfBytes(t reflect.Type) func(reflect.Value) (string, error) {
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return func(v reflect.Value) (string, error) { return string(v.Bytes()), nil }
	}
	return nil
}

var (
	timeType          = reflect.TypeFor[time.Time]()
	durationType      = reflect.TypeFor[time.Duration]()
	textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()
)

func encodeFloat(bits int) func(reflect.Value) (string, error) {
	return func(v reflect.Value) (string, error) {
		f := v.Float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return "", errors.New("the value is not a finite number")
		}
		return strconv.FormatFloat(f, 'g', -1, bits), nil
	}
}

func encodeText(v reflect.Value) (string, error) {
	if v.Kind() == reflect.Pointer && v.IsNil() || v.Kind() == reflect.Interface && v.IsNil() {
		return "", nil
	}
	m, ok := v.Interface().(encoding.TextMarshaler)
	if !ok {
		return "", fmt.Errorf("%s is no encoding.TextMarshaler", v.Type())
	}
	text, err := m.MarshalText()
	return string(text), err
}

func encodeTime(v reflect.Value) (string, error) {
	t, ok := v.Interface().(time.Time)
	if !ok || t.IsZero() {
		return "", nil
	}
	t = t.UTC()
	if t.Year() < 0 || t.Year() > 9999 {
		return "", errors.New("the year does not have four digits, as an HTTP date has")
	}
	return t.Format(textvalue.HTTPDate), nil
}
