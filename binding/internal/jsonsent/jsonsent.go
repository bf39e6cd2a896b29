// Package jsonsent tells which values stand in a JSON text. A validator judges Go values, in which
// what was not sent and what was sent as zero are the same; a client is told which it was.
package jsonsent

import (
	"bytes"
	"io"
	"strconv"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/binding/internal/jsonname"
)

// Step is a step on the way to a value.
type Step struct {
	Name    string
	Element bool // of a list or map: what the value has, was sent
}

// Path is the way to a value.
type Path struct {
	Of    int // whose it is, for the caller
	Steps []Step
}

// Look looks in JSON that was read before, so that it is well-formed, for the values at some
// paths. Loose names are compared as the JSON package compares them then; a name may come twice.
func Look(data []byte, paths []Path, loose bool) *Value {
	steps := 0
	for _, p := range paths {
		steps += len(p.Steps)
		for i, step := range p.Steps {
			if !step.Element {
				p.Steps[i].Name = compared(step.Name, loose)
			}
		}
	}
	memory := make([]Value, 1, 1+steps)
	root := &memory[0]
	for _, p := range paths {
		memory = root.want(p.Steps, memory)
	}
	look := looking{decoders.Get().(*jsontext.Decoder), loose}
	defer decoders.Put(look.Decoder)
	look.Reset(bytes.NewBuffer(data), jsontext.AllowDuplicateNames(true)) // there are none where they are refused
	defer look.Reset(emptyJSON{})
	look.at(root)
	return root
}

// compared is a name as it is compared.
func compared(name string, loose bool) string {
	if loose {
		return jsonname.Fold(name)
	}
	return name
}

// decoders are used again: each has memory for the names and the nesting that it met.
var decoders = sync.Pool{New: func() any { return jsontext.NewDecoder(emptyJSON{}) }}

// emptyJSON is what a decoder reads that is not used.
type emptyJSON struct{}

// Read implements io.Reader.
func (emptyJSON) Read([]byte) (int, error) { return 0, io.EOF }

// Value is a value in JSON that is looked for, or has such values in it.
type Value struct {
	step  Step
	null  bool   // it was sent as null
	open  *Value // the first within it that was not found yet
	found *Value // the first that was
	next  *Value // beside it
}

// want adds the way to a value, with memory for its steps.
func (m *Value) want(steps []Step, memory []Value) []Value {
	for _, step := range steps {
		next := m.open.among(step)
		if next == nil {
			memory = append(memory, Value{step: step, next: m.open})
			next = &memory[len(memory)-1]
			m.open = next
		}
		m = next
	}
	return memory
}

// among returns the one at the step, of m and those beside it.
func (m *Value) among(step Step) *Value {
	for ; m != nil; m = m.next {
		if m.step == step {
			return m
		}
	}
	return nil
}

// find returns what is looked for at a step. Only where a name can come twice it is found again.
func (m *Value) find(step Step, again bool) *Value {
	for at := &m.open; *at != nil; at = &(*at).next {
		if found := *at; found.step == step {
			*at, found.next, m.found = found.next, m.found, found
			return found
		}
	}
	if again {
		return m.found.among(step)
	}
	return nil
}

// looking looks for values in JSON that was read before, so that it is well-formed.
type looking struct {
	*jsontext.Decoder
	loose bool
}

// at reads a value and marks what is in it.
func (l looking) at(m *Value) {
	switch kind := l.PeekKind(); {
	case kind == 'n' || kind == 0:
		m.null = true
		_ = l.SkipValue()
		return
	case (m.open != nil || m.found != nil) && (kind == '{' || kind == '['):
		l.within(m, kind == '{')
	default:
		_ = l.SkipValue()
	}
	m.null = false
}

func (l looking) within(m *Value, object bool) {
	_, _ = l.ReadToken()
	for n := 0; l.PeekKind() != '}' && l.PeekKind() != ']' && l.PeekKind() != 0; n++ {
		if wanted := l.next(m, n, object); wanted != nil {
			l.at(wanted)
		} else if l.SkipValue() != nil {
			return
		}
	}
	_, _ = l.ReadToken()
}

// next is the next value, nil when it is not looked for. Of an object it reads the name.
func (l looking) next(m *Value, n int, object bool) *Value {
	name := ""
	again := object && l.loose // the last of two of one name counts
	wanting := again || m.open != nil
	if object {
		token, err := l.ReadToken()
		if err != nil || !wanting {
			return nil
		}
		name = token.String()
	} else if wanting {
		name = strconv.Itoa(n)
	}
	if !wanting {
		return nil
	}
	if wanted := m.find(Step{compared(name, l.loose), false}, again); wanted != nil {
		return wanted
	}
	return m.find(Step{name, true}, again)
}

// Absent reports whether a value was not sent. Of a key that JSON writes in another way than
// Go it is not known; its value was.
func (m *Value) Absent(steps []Step) bool {
	for _, step := range steps {
		within := m.found.among(step)
		if within == nil {
			return !step.Element
		}
		if m = within; m.null {
			return true
		}
	}
	return false
}
