// Package jsonoptions has the options of the JSON package with which inputs are read and outputs
// written: durations are text, a time has one reader wherever it stands, a json.Number is a
// number. They cost a look-up for every value, so only types that hold such have them.
package jsonoptions

import (
	"errors"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/jsonnumber"
	"github.com/anygrain/anygrain/internal/model"
)

// Input is the options of an In, joined once. They are slices because
// that is how they are passed on, without an allocation.
type Input struct {
	strict  []json.Options // unknown members are refused
	lenient []json.Options
	loose   []json.Options // names are read loosely too
	write   []json.Options
	timed   bool // times and numbers are read by readTime and readNumber
}

// withDurations returns the options of inputs: durations are text in Go's syntax as
// they are everywhere else in a request, and nil stays apart from empty, so
// that a rule such as required says the same on both sides of a call. All Ins
// have them in common.
var withDurations = sync.OnceValue(func() *Input {
	return newInput(json.UnmarshalFromFunc(readDuration))
})

// withTimes returns withDurations for an In that has times or numbers of which the JSON
// package has another opinion.
var withTimes = sync.OnceValue(func() *Input {
	c := newInput(json.JoinUnmarshalers(json.UnmarshalFromFunc(readDuration), json.UnmarshalFromFunc(readTime), json.UnmarshalFromFunc(readNumber)))
	c.timed = true
	return c
})

func newInput(u *json.Unmarshalers) *Input {
	read := json.WithUnmarshalers(u)
	write := json.WithMarshalers(json.JoinMarshalers(json.MarshalToFunc(writeDuration), json.MarshalToFunc(jsonnumber.Write)))
	return &Input{
		strict:  []json.Options{json.JoinOptions(read, json.RejectUnknownMembers(true))},
		lenient: []json.Options{read},
		loose:   []json.Options{json.JoinOptions(read, looseNames())},
		write: []json.Options{json.JoinOptions(write, json.Deterministic(true),
			json.FormatNilSliceAsNull(true), json.FormatNilMapAsNull(true))},
	}
}

// withoutDurations returns the options of an In that has no durations to
// read: to look out for them costs a search for each value.
var withoutDurations = sync.OnceValue(func() *Input {
	return &Input{
		strict: []json.Options{json.RejectUnknownMembers(true)},
		loose:  []json.Options{looseNames()},
		write:  withDurations().write,
	}
})

// ForInput returns the options for what the JSON of an In is made of.
func ForInput(m *model.Model) *Input {
	var durations, clocks bool
	for _, f := range m.Fields {
		m.Visit(f.Type, func(t *model.Type) bool {
			durations = durations || t.Read == model.Duration || m.Type(t.Key).Read == model.Duration || t.Methods.Has(model.ReadsJSONFrom)
			clocks = clocks || t.Read == model.Number || t.Read == model.Time && !t.IsTime()
			return !t.ReadsItself()
		})
	}
	switch {
	case clocks:
		return withTimes()
	case durations:
		return withDurations()
	}
	return withoutDurations()
}

// Names says how the names of members are read.
type Names struct {
	AllowUnknown bool // unknown ones pass
	Loose        bool // in any case, with - and _ or without, and given twice
}

// looseNames are the options of loose names.
func looseNames() json.Options {
	return json.JoinOptions(json.MatchCaseInsensitiveNames(true), jsontext.AllowDuplicateNames(true))
}

// reading returns the options for reading a request.
func (o *Input) reading(names Names) []json.Options {
	switch {
	case names.Loose:
		return o.loose
	case names.AllowUnknown:
		return o.lenient
	}
	return o.strict
}

// Writing returns the options with which an In is written, for a caller.
func (o *Input) Writing() []json.Options { return o.write }

// Unmarshal reads JSON into a value. The JSON package reads times itself, which is fast;
// what it refuses of them, lower-case letters, is asked of textvalue.ParseTime. For that all is read
// once more, into what renew, which may be nil, has emptied.
func (o *Input) Unmarshal(data []byte, to any, names Names, renew func()) error {
	err := json.Unmarshal(data, to, o.reading(names)...)
	if err == nil || o.timed {
		return err
	}
	if e, ok := errors.AsType[*json.SemanticError](err); !ok || !gotype.IsTime(e.GoType) {
		return err
	}
	if renew != nil {
		renew()
	}
	return json.Unmarshal(data, to, withTimes().reading(names)...)
}
