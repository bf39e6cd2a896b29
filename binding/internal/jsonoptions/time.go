package jsonoptions

import (
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"sync"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/promotion"
	"github.com/anygrain/anygrain/internal/textvalue"
)

// clock is a *time.Time, or a pointer to a struct that embeds one.
type clock interface {
	json.Unmarshaler
	encoding.TextUnmarshaler
	IsDST() bool
	YearDay() int
}

// clocks remembers where the time is in the types that are a clock.
var clocks sync.Map // of *clockIndex by reflect.Type

type clockIndex struct {
	index []int
	ok    bool
}

func clockOf(t reflect.Type) *clockIndex {
	if known, ok := clocks.Load(t); ok {
		return known.(*clockIndex)
	}
	c := new(clockIndex)
	c.index, c.ok = promotion.Time(t, reflect.TypeFor[time.Time]())
	clocks.Store(t, c)
	return c
}

// readTime reads a time as it is read everywhere else. Types with a form of their
// own read themselves.
func readTime(dec *jsontext.Decoder, to clock) error {
	v := reflect.ValueOf(to).Elem()
	c := clockOf(v.Type())
	if !c.ok {
		return errors.ErrUnsupported
	}
	token, err := dec.ReadToken()
	if err != nil {
		return err
	}
	at := v.FieldByIndex(c.index)
	switch token.Kind() {
	case 'n':
		at.SetZero()
		return nil
	case '"':
		if read, ok := textvalue.ParseTime(token.String()); ok {
			at.Set(reflect.ValueOf(read))
			return nil
		}
	}
	return semantic[time.Time](errNoTime)
}

var errNoTime = errors.New("no time as in RFC 3339")
