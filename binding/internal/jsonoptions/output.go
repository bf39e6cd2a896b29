package jsonoptions

import (
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/jsonnumber"
	"github.com/anygrain/anygrain/internal/model"
)

// plain make every host write the same bytes: maps are sorted. They are
// a slice because that is how they are passed on, without an allocation.
var plain = []json.Options{json.Deterministic(true)}

// durations add the text of durations ("1m30s"), for which the JSON package
// has no form of its own, and numbers of encoding/json. They serve where a type has such
// in it, or may have behind an interface, because they cost a look-up for every value.
var durations = []json.Options{
	json.Deterministic(true),
	json.WithMarshalers(json.JoinMarshalers(json.MarshalToFunc(writeDuration), json.MarshalToFunc(jsonnumber.Write))),
	json.WithUnmarshalers(json.JoinUnmarshalers(json.UnmarshalFromFunc(readReplyDuration), json.UnmarshalFromFunc(readNumber))),
}

// exact keep nil apart from empty.
var exact = append(slices.Clone(durations), json.FormatNilSliceAsNull(true), json.FormatNilMapAsNull(true))

// ForOutput returns the options for what the JSON of an Out is made of.
func ForOutput(m *model.Model) []json.Options {
	options := plain
	for _, f := range m.Fields {
		if f.Place != model.InBody {
			continue
		}
		m.Visit(f.Type, func(t *model.Type) bool {
			if t.Write == model.Duration || t.Write == model.Number || t.Kind == "interface" || m.Type(t.Key).Write == model.Duration {
				options = durations
			}
			return !t.WritesItself()
		})
	}
	return options
}

// Direct returns the options of direct forms, which may hold anything.
func Direct() []json.Options { return durations }

// Exact returns the options of direct forms that are read back as they were.
func Exact() []json.Options { return exact }
