package awsevent

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// fields are the headers of a response in their order: names that differ only
// in case are a field each.
type fields []field

type field struct {
	name   string
	values []string
}

// get returns the values of a name.
func (f fields) get(name string) []string {
	var all []string
	for _, x := range f {
		if strings.EqualFold(x.name, name) {
			all = append(all, x.values...)
		}
	}
	return all
}

// read reads a map of names to scalars, or of names to arrays of them. The
// value is valid JSON.
func (f *fields) read(member string, value jsontext.Value, arrays bool) error {
	if absent(value) {
		return nil
	}
	if value.Kind() != '{' {
		return fmt.Errorf("its %s are no object", member)
	}
	dec := jsontext.NewDecoder(bytes.NewReader(value), lenient)
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return err
		}
		x := field{name: name.String()}
		if err := x.read(dec, arrays); err != nil {
			return fmt.Errorf("its %s have for %q %w", member, x.name, err)
		}
		*f = append(*f, x)
	}
	return nil
}

func (x *field) read(dec *jsontext.Decoder, array bool) error {
	if !array {
		return x.scalar(dec)
	}
	if dec.PeekKind() != '[' {
		return fmt.Errorf("no array")
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() != ']' {
		if err := x.scalar(dec); err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

// scalar reads a string, a number or a truth value; null is nothing.
func (x *field) scalar(dec *jsontext.Decoder) error {
	kind := dec.PeekKind()
	if kind == '{' || kind == '[' {
		return fmt.Errorf("neither text nor a number")
	}
	token, err := dec.ReadToken()
	if err == nil && kind != 'n' {
		x.values = append(x.values, token.String())
	}
	return err
}
