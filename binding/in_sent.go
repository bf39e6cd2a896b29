package binding

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/binding/internal/jsonname"
	"github.com/anygrain/anygrain/internal/model"
	"github.com/anygrain/anygrain/internal/rules"
)

// The rule required is broken by what is zero, whether it was sent or not. The client hears
// which of the two it was.

// tellAbsent corrects the messages of failures whose values were not sent.
func (r *request) tellAbsent(at spot, failures []Failure) {
	var paths []wantedPath
	members := 0
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
			paths = append(paths, wantedPath{i, steps})
			members += len(steps)
		}
	}
	if len(paths) == 0 {
		return
	}
	root := r.lookFor(paths, members)
	for _, p := range paths {
		if root.absent(p.steps) {
			failures[p.failure].Message, _ = rules.AsAbsent(failures[p.failure].Message)
		}
	}
}

// lookFor looks in the JSON for the ends of the paths, which have so many steps at most.
func (r *request) lookFor(paths []wantedPath, steps int) *member {
	memory := make([]member, 1, 1+steps)
	root := &memory[0]
	for _, p := range paths {
		memory = root.want(p.steps, memory)
	}
	look := looking{decoders.Get().(*jsontext.Decoder), r}
	defer decoders.Put(look.Decoder)
	look.Reset(bytes.NewBuffer(r.json), jsontext.AllowDuplicateNames(true)) // there are none where they are refused
	defer look.Reset(emptyJSON{})
	look.at(root)
	return root
}

// readsName returns a name as it is compared.
func (r *request) readsName(name string, element bool) string {
	if r.limits.LooseNames && !element {
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
	p := r.codec
	if at.of != model.None {
		for _, key := range r.faults.keys {
			steps = append(steps, memberStep{key, true})
		}
		return false, p.steps(steps, at.of, path)
	}
	part, rest := p.partAt(path)
	switch {
	case part == nil: // an embedded struct, which is empty when its fields are
		return true, nil
	case part.located() && r.src != nil:
		return rest == "" && r.seen[part.order] == 0, nil
	case part == p.whole && r.src != nil:
		if len(r.json) == 0 || part.As != model.AsJSON {
			return true, nil
		}
	default:
		if len(r.json) == 0 {
			return true, nil
		}
		steps = append(steps, memberStep{part.JSON, false})
	}
	return false, p.steps(steps, part.Type, rest)
}

// steps appends the steps in JSON of a Go path below a value of a type.
func (p *In) steps(to []memberStep, t model.Ref, path string) []memberStep {
	for path != "" {
		var step string
		t = p.model.Indirect(t)
		step, path = rules.CutStep(path)
		if key, ok := strings.CutPrefix(step, "["); ok {
			to = append(to, memberStep{key[:len(key)-1], true})
			t = p.model.Type(t).Elem
			continue
		}
		name, inlined := step, false
		member := p.model.MemberByGo(t, step)
		if t = model.None; member != nil {
			name, inlined, t = member.JSON, member.Inlined, member.Type
		}
		if !inlined {
			to = append(to, memberStep{name, false})
		}
	}
	return to
}

// member is a value in JSON that is looked for, or has such values in it.
type member struct {
	step  memberStep
	null  bool    // it was sent as null
	open  *member // the first within it that was not found yet
	found *member // the first that was
	next  *member // beside it
}

// want adds the way to a value, with memory for its steps.
func (m *member) want(steps []memberStep, memory []member) []member {
	for _, step := range steps {
		next := m.open.among(step)
		if next == nil {
			memory = append(memory, member{step: step, next: m.open})
			next = &memory[len(memory)-1]
			m.open = next
		}
		m = next
	}
	return memory
}

// among returns the one at the step, of m and those beside it.
func (m *member) among(step memberStep) *member {
	for ; m != nil; m = m.next {
		if m.step == step {
			return m
		}
	}
	return nil
}

// find returns what is looked for at a step. Only where a name can come twice it is found again.
func (m *member) find(step memberStep, again bool) *member {
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
	of *request
}

// at reads a value and marks what is in it.
func (l looking) at(m *member) {
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

func (l looking) within(m *member, object bool) {
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
func (l looking) next(m *member, n int, object bool) *member {
	name := ""
	again := object && l.of.limits.LooseNames // the last of two of one name counts
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
	if wanted := m.find(memberStep{l.of.readsName(name, false), false}, again); wanted != nil {
		return wanted
	}
	return m.find(memberStep{name, true}, again)
}

// absent reports whether a value was not sent. Of a key that JSON writes in another way than
// Go it is not known; its value was.
func (m *member) absent(steps []memberStep) bool {
	for _, step := range steps {
		within := m.found.among(step)
		if within == nil {
			return !step.element
		}
		if m = within; m.null {
			return true
		}
	}
	return false
}
