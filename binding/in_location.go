package binding

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/model"
	"github.com/anygrain/anygrain/internal/rules"
)

// locateGo appends to a location what a Go path below a value of a type leads to:
// "[3].Quantity" becomes "[3].quantity". It goes no further than a location may be long.
func (p *In) locateGo(location string, t model.Ref, path string) string {
	if path == "" {
		return location
	}
	var buffer [usualLocation]byte
	to := append(buffer[:0], location...)
	for path != "" {
		if len(to) > maxLocation {
			return string(append(to, ellipsis...))
		}
		t = p.model.Indirect(t)
		var step string
		step, path = rules.CutStep(path)
		if key, ok := strings.CutPrefix(step, "["); ok {
			to, t = p.appendElement(to, t, key[:len(key)-1])
			continue
		}
		name, inlined := step, false
		member := p.model.MemberByGo(t, step)
		if t = model.None; member != nil {
			name, inlined, t = member.JSON, member.Inlined, member.Type
		}
		if !inlined {
			to = append(append(to, '.'), name...)
		}
	}
	return string(to)
}

// usualLocation is how long a location is at most, as a rule.
const usualLocation = 128

// maxLocation is how many bytes of a location are told, to the end of the step in which
// they are reached: a client chooses how deep it nests what it sends.
const maxLocation = 512

// ellipsis ends what is not told whole.
const ellipsis = "…"

// locatePointer appends to a location what a JSON pointer below a value of a type leads to:
// /3/quantity becomes "[3].quantity".
func (p *In) locatePointer(location string, t model.Ref, pointer jsontext.Pointer) string {
	to := []byte(location)
	for token := range pointer.Tokens() {
		if len(to) > maxLocation {
			return string(append(to, ellipsis...))
		}
		if t = p.model.Indirect(t); p.model.Type(t).Kind != "struct" {
			to, t = p.appendElement(to, t, token)
			continue
		}
		member := p.model.MemberByJSON(t, token)
		to = append(append(to, '.'), clip(token)...)
		if t = model.None; member != nil {
			t = member.Type
		}
	}
	return string(to)
}

// appendElement goes into an element of a list or map. Below a type that is not known, a number
// is taken for an index.
func (p *In) appendElement(location []byte, r model.Ref, key string) ([]byte, model.Ref) {
	t := p.model.Type(r)
	isIndex := t.Key == model.None && key != "" && strings.Trim(key, "0123456789") == ""
	if isIndex {
		return append(append(append(location, '['), clip(key)...), ']'), t.Elem
	}
	return append(append(location, '.'), clip(key)...), t.Elem
}

// maxName is how many bytes of a name that the client chose stand in a location.
const maxName = 64

func clip(name string) string { return clipTo(maxName, name) }

func clipTo(most int, text string) string {
	if len(text) <= most {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	return strings.ToValidUTF8(text[:most], "") + ellipsis
}
