package binding

import (
	"reflect"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/jsonnumber"
	"github.com/anygrain/anygrain/internal/model"
)

// jsonOptions are the JSON options of an In, joined once. They are slices because
// that is how they are passed on, without an allocation.
type jsonOptions struct {
	strict  []json.Options // unknown members are refused
	lenient []json.Options
	loose   []json.Options // names are read loosely too
	write   []json.Options
	timed   bool // times and numbers are read by readJSONTime and readNumber
}

// withDurations returns the options of inputs: durations are text in Go's syntax as
// they are everywhere else in a request, and nil stays apart from empty, so
// that a rule such as required says the same on both sides of a call. All Ins
// have them in common.
var withDurations = sync.OnceValue(func() *jsonOptions {
	return newJSONOptions(json.UnmarshalFromFunc(readDuration))
})

// withTimes returns withDurations for an In that has times or numbers of which the JSON
// package has another opinion.
var withTimes = sync.OnceValue(func() *jsonOptions {
	c := newJSONOptions(json.JoinUnmarshalers(json.UnmarshalFromFunc(readDuration), json.UnmarshalFromFunc(readJSONTime), json.UnmarshalFromFunc(readNumber)))
	c.timed = true
	return c
})

func newJSONOptions(u *json.Unmarshalers) *jsonOptions {
	read := json.WithUnmarshalers(u)
	write := json.WithMarshalers(json.JoinMarshalers(json.MarshalToFunc(writeDuration), json.MarshalToFunc(jsonnumber.Write)))
	return &jsonOptions{
		strict:  []json.Options{json.JoinOptions(read, json.RejectUnknownMembers(true))},
		lenient: []json.Options{read},
		loose:   []json.Options{json.JoinOptions(read, looseNames())},
		write: []json.Options{json.JoinOptions(write, json.Deterministic(true),
			json.FormatNilSliceAsNull(true), json.FormatNilMapAsNull(true))},
	}
}

// withoutDurations returns the options of an In that has no durations to
// read: to look out for them costs a search for each value.
var withoutDurations = sync.OnceValue(func() *jsonOptions {
	return &jsonOptions{
		strict: []json.Options{json.RejectUnknownMembers(true)},
		loose:  []json.Options{looseNames()},
		write:  withDurations().write,
	}
})

// jsonOptionsOf returns the options for what the JSON of an In is made of.
func jsonOptionsOf(m *model.Model) *jsonOptions {
	var durations, clocks bool
	m.Visit(m.Root, func(t *model.Type) bool {
		durations = durations || t.Read == model.Duration || t.Methods.Has(model.ReadsJSONFrom)
		clocks = clocks || t.Read == model.Number || t.Read == model.Time && !t.IsTime()
		return !t.ReadsItself()
	})
	switch {
	case clocks:
		return withTimes()
	case durations:
		return withDurations()
	}
	return withoutDurations()
}

// looseNames are the options of Limits.LooseNames.
func looseNames() json.Options {
	return json.JoinOptions(json.MatchCaseInsensitiveNames(true), jsontext.AllowDuplicateNames(true))
}

// reading returns the options for reading a request.
func (o *jsonOptions) reading(limits Limits) []json.Options {
	switch {
	case limits.LooseNames:
		return o.loose
	case limits.AllowUnknown:
		return o.lenient
	}
	return o.strict
}

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

// semantic makes an error one of the JSON package's, which adds the place.
func semantic[T any](err error) error {
	if err == nil {
		return nil
	}
	return &json.SemanticError{GoType: reflect.TypeFor[T](), Err: err}
}
