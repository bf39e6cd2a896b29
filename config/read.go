package config

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/anygrain/anygrain/internal/duration"
	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/jsonnumber"
	"github.com/anygrain/anygrain/internal/promotion"
	"github.com/anygrain/anygrain/internal/rfc3339"
)

// reader reads a text into a field, which stays zero where the text cannot be read.
type reader func(field reflect.Value, text string) error

var (
	secretType = reflect.TypeFor[Secret]()
	zoneType   = reflect.TypeFor[time.Location]()
	urlType    = reflect.TypeFor[url.URL]()
)

// readerOf returns what reads a field of the type that has the tag, nil when no text can
// be read as it.
func readerOf(t reflect.Type, tag reflect.StructTag) reader {
	switch {
	case isBytes(t):
		return readBytes
	case t.Kind() == reflect.Slice && !readsItself(t):
		return listReader(t, partsOf(t, tag))
	case t.Kind() == reflect.Map && !readsItself(t):
		return mapReader(t, partsOf(t, tag))
	}
	return elementReader(t)
}

// elementReader returns what reads an element of a list, or a field that is no list or map.
func elementReader(t reflect.Type) reader {
	switch {
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Pointer:
		return nil
	case t.Kind() == reflect.Pointer:
		return pointerReader(t, elementReader(t.Elem()))
	case t == secretType:
		return readSecret
	case !readsItself(t):
		return valueReader(t)
	case isTime(t):
		return readTime
	}
	return unmarshal
}

func pointerReader(t reflect.Type, read reader) reader {
	if read == nil {
		return nil
	}
	return func(field reflect.Value, text string) error {
		to := reflect.New(t.Elem())
		if err := read(to.Elem(), text); err != nil {
			return err
		}
		field.Set(to)
		return nil
	}
}

// readsText reports whether a value of the type, or what it points to, reads its own text.
func readsText(t reflect.Type) bool {
	return readsItself(t) || t.Kind() == reflect.Pointer && readsItself(t.Elem())
}

var unmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()

func readsItself(t reflect.Type) bool {
	return t.Kind() != reflect.Interface && reflect.PointerTo(t).Implements(unmarshaler)
}

func unmarshal(field reflect.Value, text string) error {
	into, _ := field.Addr().Interface().(encoding.TextUnmarshaler)
	err := into.UnmarshalText([]byte(text))
	if err != nil {
		field.SetZero()
	}
	return err
}

// isTime reports whether a type is a time, or a struct that has its text from one which it
// embeds.
func isTime(t reflect.Type) bool {
	_, ok := promotion.Time(t, reflect.TypeFor[time.Time]())
	return ok
}

var errNoTime = errors.New("no time as in RFC 3339")

// readTime gives a time the capital letters that time.Time wants.
func readTime(field reflect.Value, text string) error {
	if _, ok := rfc3339.Parse(text); !ok {
		return errNoTime
	}
	return unmarshal(field, strings.ToUpper(text))
}

// valueReader returns what reads a type by its kind, or one that is known by its name, nil
// for others. The keys and values of a map are such: those with an UnmarshalText are read
// by their kinds there. Variables are read as github.com/caarlos0/env reads them, which
// takes more than an input does: T for true, NaN, text that is not UTF-8.
func valueReader(t reflect.Type) reader {
	switch {
	case t == secretType:
		return readSecret
	case gotype.IsDuration(t):
		return readDuration
	case gotype.IsNumber(t):
		return readNumber
	case t == urlType:
		return readURL
	case t == zoneType:
		return readZone
	}
	switch t.Kind() {
	case reflect.String:
		return readString
	case reflect.Bool:
		return readBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return readInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return readUint
	case reflect.Float32, reflect.Float64:
		return readFloat
	}
	return nil
}

func readSecret(field reflect.Value, text string) error {
	field.Set(reflect.ValueOf(NewSecret(text)))
	return nil
}

// errTooLong is what is wrong with a duration outside of the range.
var errTooLong = errors.New("a duration that is too long")

func readDuration(field reflect.Value, text string) error {
	d, err := time.ParseDuration(text)
	switch {
	case err != nil && duration.Is(text):
		return errTooLong
	case err != nil:
		return err
	}
	field.SetInt(int64(d))
	return nil
}

var errNoNumber = errors.New("no number as JSON writes it")

func readNumber(field reflect.Value, text string) error {
	if !jsonnumber.Is(text) {
		return errNoNumber
	}
	field.Set(reflect.ValueOf(json.Number(text)))
	return nil
}

func readURL(field reflect.Value, text string) error {
	u, err := url.Parse(text)
	if err != nil {
		return err
	}
	field.Set(reflect.ValueOf(*u))
	return nil
}

func readZone(field reflect.Value, text string) error {
	zone, err := time.LoadLocation(text)
	if err != nil {
		return err
	}
	field.Set(reflect.ValueOf(zone).Elem())
	return nil
}

func readString(field reflect.Value, text string) error {
	field.SetString(text)
	return nil
}

func readBool(field reflect.Value, text string) error {
	b, err := strconv.ParseBool(text)
	if err == nil {
		field.SetBool(b)
	}
	return err
}

func readInt(field reflect.Value, text string) error {
	n, err := strconv.ParseInt(text, 10, field.Type().Bits())
	if err == nil {
		field.SetInt(n)
	}
	return err
}

func readUint(field reflect.Value, text string) error {
	n, err := strconv.ParseUint(text, 10, field.Type().Bits())
	if err == nil {
		field.SetUint(n)
	}
	return err
}

func readFloat(field reflect.Value, text string) error {
	f, err := strconv.ParseFloat(text, field.Type().Bits())
	if err == nil {
		field.SetFloat(f)
	}
	return err
}

// isBytes reports whether a type is bytes, a number of them or as many as there are:
// they are the text as it stands, as in package binding, and no list of numbers.
func isBytes(t reflect.Type) bool {
	return (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) && t.Elem().Kind() == reflect.Uint8 && !readsText(t) && !readsText(t.Elem())
}

func readBytes(field reflect.Value, text string) error {
	switch {
	case field.Kind() == reflect.Slice:
		field.Set(reflect.MakeSlice(field.Type(), len(text), len(text)))
	case len(text) != field.Len():
		return misread(fmt.Sprintf("there are %d", len(text)))
	}
	for i := range len(text) { // one by one: the type of a byte may have a name
		field.Index(i).SetUint(uint64(text[i]))
	}
	return nil
}
