package binding

import (
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"sync"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/promotion"
	"github.com/anygrain/anygrain/internal/textvalue"
)

// unmarshal reads JSON into a value. The JSON package reads times itself, which is fast;
// what it refuses of them, lower-case letters, is asked of textvalue.ParseTime. For that all is read
// once more, into what renew, which may be nil, has emptied.
func (r *request) unmarshal(data []byte, to any, renew func()) error {
	err := jsonv2.Unmarshal(data, to, r.codec.json.reading(r.limits)...)
	if err == nil || r.codec.json.timed {
		return err
	}
	if e, ok := errors.AsType[*jsonv2.SemanticError](err); !ok || !gotype.IsTime(e.GoType) {
		return err
	}
	if renew != nil {
		renew()
	}
	return jsonv2.Unmarshal(data, to, withTimes().reading(r.limits)...)
}

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

// readJSONTime reads a time as it is read everywhere else. Types with a form of their
// own read themselves.
func readJSONTime(dec *jsontext.Decoder, to clock) error {
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
