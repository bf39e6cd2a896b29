package config

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"strconv"
	"time"

	"github.com/caarlos0/env/v11"

	"github.com/anygrain/anygrain/internal/duration"
	"github.com/anygrain/anygrain/internal/jsonnumber"
)

var (
	durationType = reflect.TypeFor[time.Duration]()
	numberType   = reflect.TypeFor[json.Number]()
)

// parsers are of the types that the library asks for no UnmarshalText, as in maps, or reads
// otherwise than inputs are read.
var parsers = map[reflect.Type]env.ParserFunc{
	reflect.TypeFor[Secret](): func(text string) (any, error) { return NewSecret(text), nil },
	durationType:              parseDuration,
	numberType:                parseNumber,
}

// parsersOf are the parsers for a type and what is in it. The library reads an int, of
// whatever name, as 32 bits.
func parsersOf(t reflect.Type) map[reflect.Type]env.ParserFunc {
	all := maps.Clone(parsers)
	addPlain(all, t)
	return all
}

func addPlain(all map[reflect.Type]env.ParserFunc, t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		addPlain(all, t.Elem())
	case reflect.Map:
		addPlain(all, t.Key())
		addPlain(all, t.Elem())
	case reflect.Int:
		all[t] = func(text string) (any, error) {
			n, err := strconv.ParseInt(text, 10, strconv.IntSize)
			return reflect.ValueOf(n).Convert(t).Interface(), err
		}
	case reflect.Uint:
		all[t] = func(text string) (any, error) {
			n, err := strconv.ParseUint(text, 10, strconv.IntSize)
			return reflect.ValueOf(n).Convert(t).Interface(), err
		}
	}
}

func parseDuration(text string) (any, error) {
	d, err := time.ParseDuration(text)
	if err != nil && duration.Is(text) {
		return d, errTooLong
	}
	return d, err
}

var errNoNumber = errors.New("no number as JSON writes it")

func parseNumber(text string) (any, error) {
	if !jsonnumber.Is(text) {
		return nil, errNoNumber
	}
	return json.Number(text), nil
}
