//go:build !quickrules

package rules

import (
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// The tags that validator is given are not always those that stand in the code. It says of
// a nil pointer that it breaks the first rule, whichever that is, and panics where dive
// meets what has no elements. So the tags of fields that can be nil are written anew.

// listOrMap is the rule of our own before a dive into what may not have elements. No rule of
// an app can have such a name.
const listOrMap = "list-or-map"

// tagWriter writes tags for validator. The piece is what becomes of one rule, or of
// several with | between them.
type tagWriter struct {
	piece func(piece string, nilable bool) string
}

func asItIs(piece string, _ bool) string { return piece }

// write returns the tag of a field of the type.
func (w tagWriter) write(t reflect.Type, tag string) string {
	if tag == "" || tag == "-" {
		return tag
	}
	return strings.Join(w.level(t, strings.Split(tag, ",")), ",")
}

// level writes the rules of a value and, behind dive, those of its elements.
func (w tagWriter) level(t reflect.Type, pieces []string) []string {
	own, inner, dives := pieces, []string(nil), false
	if end := slices.Index(pieces, "dive"); end >= 0 {
		own, inner, dives = pieces[:end], pieces[end+1:], true
	}
	written := w.own(t, own, dives)
	if !dives {
		return written
	}
	elem, ok := elementOf(t)
	if !ok {
		return append(append(written, "dive"), inner...)
	}
	withKeys := len(inner) > 0 && inner[0] == "keys"
	if gotype.Indirect(t).Kind() == reflect.Interface {
		written = append(written, listOrMap)
	}
	written = append(written, "dive")
	if end := slices.Index(inner, "endkeys"); withKeys && end >= 0 {
		written, inner = append(written, w.keys(inner[:end+1])...), inner[end+1:]
	}
	return append(written, w.level(elem, inner)...)
}

// keys writes the rules of a map's keys, with keys and endkeys around them.
func (w tagWriter) keys(pieces []string) []string {
	written := make([]string, len(pieces))
	for i, piece := range pieces {
		written[i] = w.one(piece, false)
	}
	return written
}

// own writes the rules of a value itself. Of what can be nil those about presence come
// first and the others behind omitnil.
func (w tagWriter) own(t reflect.Type, pieces []string, dives bool) []string {
	nilable := canBeNil(t)
	end := slices.IndexFunc(pieces, isOmission)
	omitted := end >= 0
	if !omitted {
		end = len(pieces)
	}
	var presence, others []string
	for _, piece := range pieces[:end] {
		if nilable && presencePiece(piece) {
			presence = append(presence, w.one(piece, true))
		} else {
			others = append(others, w.one(piece, nilable))
		}
	}
	if nilable && (len(others) > 0 || dives && !omitted) {
		presence = append(presence, "omitnil")
	}
	written := append(presence, others...)
	for _, piece := range pieces[end:] {
		written = append(written, w.one(piece, nilable))
	}
	return written
}

func canBeNil(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface
}

func (w tagWriter) one(piece string, nilable bool) string {
	switch piece {
	case "structonly", "nostructlevel", "keys", "endkeys", "":
		return piece
	}
	if isOmission(piece) {
		return piece
	}
	return w.piece(piece, nilable)
}

// rewritten are the tags of a struct's fields that are not as they stand in the code.
func (w tagWriter) rewritten(t reflect.Type) map[string]string {
	var tags map[string]string
	for f := range gotype.Fields(t) {
		tag := f.Tag.Get("validate")
		if written := w.write(f.Type, tag); written != tag {
			if tags == nil {
				tags = map[string]string{}
			}
			tags[f.Name] = written
		}
	}
	return tags
}
