package binding

import (
	"bytes"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/binding/internal/jsonname"
	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/rules"
)

// The rule required is broken by what is zero, whether it was sent or not. The client hears
// which of the two it was.

// tellAbsent corrects the messages of failures whose values were not sent.
func (r *request) tellAbsent(at spot, failures []Failure) {
	var root member
	var paths []wantedPath
	for i := range failures {
		if _, zero := rules.AsAbsent(failures[i].Message); !zero {
			continue
		}
		absent, steps := r.absent(at, failures[i].Path)
		if absent {
			failures[i].Message, _ = rules.AsAbsent(failures[i].Message)
		} else if steps != nil {
			for i := range steps {
				steps[i].name = r.readsName(steps[i].name, steps[i].element)
			}
			root.want(steps)
			paths = append(paths, wantedPath{i, steps})
		}
	}
	if len(paths) == 0 {
		return
	}
	look := looking{jsontext.NewDecoder(bytes.NewReader(r.json), jsontext.AllowDuplicateNames(r.limits.LooseNames)), r}
	look.at(&root)
	for _, p := range paths {
		if root.absent(p.steps) {
			failures[p.failure].Message, _ = rules.AsAbsent(failures[p.failure].Message)
		}
	}
}

// readsName returns a name as it is compared.
func (r *request) readsName(name string, element bool) string {
	if r.limits.LooseNames && !element {
		return jsonname.Fold(name)
	}
	return name
}

type wantedPath struct {
	failure int
	steps   []memberStep
}

// memberStep is a step on the way to a value in JSON.
type memberStep struct {
	name    string
	element bool // of a list or map: what the value has, was sent
}

// absent reports whether the value at a Go path was not sent. For one in JSON it returns the
// way there instead.
func (r *request) absent(at spot, path string) (absent bool, steps []memberStep) {
	p := r.plan
	if at.typ != nil {
		for _, key := range r.faults.keys {
			steps = append(steps, memberStep{key, true})
		}
		return false, p.shapes.steps(steps, at.typ, path)
	}
	part, rest := p.partAt(path)
	switch {
	case part == nil: // an embedded struct, which is empty when its fields are
		return true, nil
	case part.located() && r.src != nil:
		return rest == "" && r.seen[part.order] == 0, nil
	case part == p.whole && r.src != nil:
		if len(r.json) == 0 || part.raw != notRaw {
			return true, nil
		}
	default:
		if len(r.json) == 0 {
			return true, nil
		}
		steps = append(steps, memberStep{part.JSON, false})
	}
	return false, p.shapes.steps(steps, part.Type, rest)
}

// steps appends the steps in JSON of a Go path below a value of type t.
func (s shapes) steps(to []memberStep, t reflect.Type, path string) []memberStep {
	for path != "" {
		var step string
		t = gotype.Indirect(t)
		step, path = rules.CutStep(path)
		if key, ok := strings.CutPrefix(step, "["); ok {
			to = append(to, memberStep{key[:len(key)-1], true})
			if t != nil && slices.Contains([]reflect.Kind{reflect.Slice, reflect.Array, reflect.Map}, t.Kind()) {
				t = t.Elem()
			} else {
				t = nil
			}
			continue
		}
		f, _ := s.byGo(t, step)
		if !f.inline {
			to = append(to, memberStep{f.json, false})
		}
		t = f.typ
	}
	return to
}

// member is a value in JSON that is looked for, or has such values in it.
type member struct {
	within map[memberStep]*member
	state  sentState
}

// sentState says how a value was sent.
type sentState int

const (
	notSent sentState = iota
	sentNull
	sentValue
)

// want adds the way to a value.
func (m *member) want(steps []memberStep) {
	for _, step := range steps {
		next := m.within[step]
		if next == nil {
			if m.within == nil {
				m.within = map[memberStep]*member{}
			}
			next = &member{}
			m.within[step] = next
		}
		m = next
	}
}

// looking looks for values in JSON that was read before, so that it is well-formed.
type looking struct {
	*jsontext.Decoder
	of *request
}

// at reads a value and marks what is in it.
func (l looking) at(m *member) {
	switch kind := l.PeekKind(); {
	case kind == 'n' || kind == 0:
		m.state = sentNull
		_ = l.SkipValue()
		return
	case len(m.within) > 0 && (kind == '{' || kind == '['):
		l.within(m, kind == '{')
	default:
		_ = l.SkipValue()
	}
	m.state = sentValue
}

func (l looking) within(m *member, object bool) {
	_, _ = l.ReadToken()
	left := len(m.within)
	for n := 0; l.PeekKind() != '}' && l.PeekKind() != ']' && l.PeekKind() != 0; n++ {
		wanted := l.next(m, n, object, left > 0)
		switch {
		case wanted != nil:
			if wanted.state == notSent { // and not once more, where a name may come twice
				left--
			}
			l.at(wanted)
		case l.SkipValue() != nil:
			return
		}
	}
	_, _ = l.ReadToken()
}

// next is the next value, nil when it is not looked for. Of an object it reads the name.
func (l looking) next(m *member, n int, object, wanting bool) *member {
	name := ""
	wanting = wanting || l.of.limits.LooseNames // the last of two of one name counts
	if object {
		token, err := l.ReadToken()
		if err != nil || !wanting {
			return nil
		}
		name = token.String()
	} else if wanting {
		name = strconv.Itoa(n)
	}
	if wanted := m.within[memberStep{l.of.readsName(name, false), false}]; wanted != nil {
		return wanted
	}
	return m.within[memberStep{name, true}]
}

// absent reports whether a value was not sent. Of a key that JSON writes in another way than
// Go it is not known; its value was.
func (m *member) absent(steps []memberStep) bool {
	for _, step := range steps {
		switch m = m.within[step]; m.state {
		case sentNull:
			return true
		case notSent:
			return !step.element
		}
	}
	return false
}
