package binding

import (
	"strings"

	"github.com/anygrain/anygrain/binding/internal/jsonsent"
	"github.com/anygrain/anygrain/internal/model"
	"github.com/anygrain/anygrain/internal/rules"
)

// markAbsent corrects the messages of failures whose values were not sent: the rule required is
// broken by what is zero, and the client is told which of the two it was.
func (r *request) markAbsent(at spot, failures []Failure) {
	var paths []jsonsent.Path
	for i := range failures {
		if _, zero := rules.AsAbsent(failures[i].Message); !zero {
			continue
		}
		absent, steps := r.absent(at, failures[i].Path)
		if absent {
			failures[i].Message, _ = rules.AsAbsent(failures[i].Message)
		} else if steps != nil {
			paths = append(paths, jsonsent.Path{Of: i, Steps: steps})
		}
	}
	if len(paths) == 0 {
		return
	}
	sent := jsonsent.Look(r.json, paths, r.limits.LooseNames)
	for _, p := range paths {
		if sent.Absent(p.Steps) {
			failures[p.Of].Message, _ = rules.AsAbsent(failures[p.Of].Message)
		}
	}
}

// absent reports whether the value at a Go path was not sent. For one in JSON it returns the
// way there instead.
func (r *request) absent(at spot, path string) (absent bool, steps []jsonsent.Step) {
	p := r.codec
	if at.of != model.None {
		for _, key := range r.faults.keys {
			steps = append(steps, jsonsent.Step{Name: key, Element: true})
		}
		return false, p.steps(steps, at.of, path)
	}
	field, rest := p.fieldAt(path)
	switch {
	case field == nil: // an embedded struct, which is empty when its fields are
		return true, nil
	case field.located() && r.src != nil:
		return rest == "" && r.seen[field.order] == 0, nil
	case field == p.whole && r.src != nil:
		if len(r.json) == 0 || field.As != model.AsJSON {
			return true, nil
		}
	default:
		if len(r.json) == 0 {
			return true, nil
		}
		steps = append(steps, jsonsent.Step{Name: field.JSON})
	}
	return false, p.steps(steps, field.Type, rest)
}

// steps appends the steps in JSON of a Go path below a value of a type.
func (p *In) steps(to []jsonsent.Step, t model.Ref, path string) []jsonsent.Step {
	for path != "" {
		var step string
		t = p.model.Indirect(t)
		step, path = rules.CutStep(path)
		if key, ok := strings.CutPrefix(step, "["); ok {
			to = append(to, jsonsent.Step{Name: key[:len(key)-1], Element: true})
			t = p.model.Type(t).Elem
			continue
		}
		name, inlined := step, false
		member := p.model.MemberByGo(t, step)
		if t = model.None; member != nil {
			name, inlined, t = member.JSON, member.Inlined, member.Type
		}
		if !inlined {
			to = append(to, jsonsent.Step{Name: name})
		}
	}
	return to
}
