package model

import (
	"errors"
	"reflect"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// probeOptions let durations pass, which have no form of the JSON package's own.
var probeOptions = json.WithUnmarshalers(json.UnmarshalFromFunc(func(*jsontext.Decoder, *time.Duration) error { return nil }))

// probe lets the JSON package read an empty object into the struct, which tells what it finds
// wrong with the tags and runs no method of its fields.
func (p *problems) probe(field string, t reflect.Type) {
	err := json.Unmarshal([]byte("{}"), reflect.New(t).Interface(), probeOptions)
	if semantic, ok := errors.AsType[*json.SemanticError](err); ok && semantic.Err != nil {
		err = semantic.Err
	}
	if err != nil {
		p.add(field, "the JSON package refuses it: %v", err)
	}
}
