package shape

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"sort"
	"strings"

	"github.com/anygrain/anygrain/internal/model"
)

// Fingerprint is the same for two lists of models whose values have the same JSON
// form, and as good as never for others. The names of Go types and the order of
// the fields do not count; the fields' names, tags and kinds do.
//
// Types may refer to one another in circles, and share parts: each is described
// once, and by its number from then on. Types of one form have one number, whatever
// their names, so that it does not count how often a program declares the same.
func Fingerprint(models ...*model.Model) string {
	forms := formsOf(parts(models))
	h := fnv.New64a()
	for _, m := range models {
		d := describer{forms: forms, numbers: map[uint64]int{}}
		d.describe(at{m, m.Root})
		_, _ = io.WriteString(h, d.text.String()+";")
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// at is a type of a model.
type at struct {
	*model.Model
	ref model.Ref
}

func (a at) next(r model.Ref) at { return at{a.Model, r} }

// part is a type with the types that its values are made of.
type part struct {
	at
	kind string // what can be said of it without them; of a struct the keys of its fields
	made []at
}

func newPart(a at) part {
	t := a.Type(a.ref)
	if formsItself(a) {
		return part{at: a, kind: t.Go}
	}
	p := part{at: a, kind: t.Kind}
	switch t.Kind {
	case "":
		p.kind = "none"
	case "ptr", "slice":
		p.made = []at{a.next(t.Elem)}
	case "array":
		p.kind, p.made = fmt.Sprintf("array %d", t.Len), []at{a.next(t.Elem)}
	case "map":
		p.made = []at{a.next(t.Key), a.next(t.Elem)}
	case "struct":
		for _, m := range sortedMembers(t) {
			p.kind += ";" + key(m)
			p.made = append(p.made, a.next(m.Type))
		}
	}
	return p
}

// formsItself reports whether the type has a form of its own, which its name then
// stands for. Bodies that are readers count as well: they are bytes.
func formsItself(a at) bool {
	t := a.Type(a.ref)
	switch t.Write {
	case model.Time, model.Duration, model.Number, model.Stream:
		return true
	case model.Pointer: // has the methods of what it points to
		t = a.Type(t.Elem)
	}
	return t.Kind != "interface" && t.WritesItself()
}

// sortedMembers lists the fields that have a JSON form, by their keys.
func sortedMembers(t *model.Type) []*model.Member {
	var members []*model.Member
	for i := range t.Members {
		if m := &t.Members[i]; m.Type != model.None {
			members = append(members, m)
		}
	}
	sort.SliceStable(members, func(i, j int) bool { return key(members[i]) < key(members[j]) })
	return members
}

// key is the field's name, its json tag, and where it is bound.
func key(m *model.Member) string {
	parts := []string{"json:" + m.Tag}
	if m.Tag == "" || m.Tag[0] == ',' {
		parts = append(parts, m.Go)
	}
	if m.Places != "" {
		parts = append(parts, m.Places)
	}
	return strings.Join(parts, " ")
}

// parts lists the types and all that they are made of, each once.
func parts(models []*model.Model) []part {
	var all []part
	var open []at
	for _, m := range models {
		open = append(open, at{m, m.Root})
	}
	for seen := map[at]bool{}; len(open) > 0; {
		a := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[a] {
			continue
		}
		seen[a] = true
		p := newPart(a)
		all = append(all, p)
		open = slices.Concat(open, p.made)
	}
	return all
}

// formsOf gives two types the same number if and only if their values have the same
// form. Of types in circles it begins with what can be said of one alone, and tells those
// apart that are made of types that were told apart, until no more are.
func formsOf(all []part) map[at]uint64 {
	forms, circles := straightForms(all)
	for known := 0; ; {
		next, different := make([]uint64, len(circles)), map[uint64]bool{}
		for i, p := range circles {
			next[i] = p.sum(forms)
			different[next[i]] = true
		}
		for i, p := range circles {
			forms[p.at] = next[i]
		}
		if len(different) <= known {
			return forms
		}
		known = len(different)
	}
}

// straightForms are the forms of the types that are not in a circle and lead to none,
// and the other types: most have none.
func straightForms(all []part) (forms map[at]uint64, circles []part) {
	forms = map[at]uint64{}
	parts, begun := map[at]part{}, map[at]bool{}
	for _, p := range all {
		parts[p.at] = p
	}
	var form func(a at) bool
	form = func(a at) bool {
		if _, known := forms[a]; known || begun[a] {
			return known
		}
		begun[a] = true
		straight := true
		for _, made := range parts[a].made {
			straight = form(made) && straight
		}
		if straight {
			forms[a] = parts[a].sum(forms)
		}
		return straight
	}
	for _, p := range all {
		if !form(p.at) {
			circles = append(circles, p)
		}
	}
	return forms, circles
}

func (p part) sum(forms map[at]uint64) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, p.kind)
	for _, made := range p.made {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, forms[made]))
	}
	return h.Sum64()
}

// describer writes a type as text.
type describer struct {
	text    strings.Builder
	forms   map[at]uint64
	numbers map[uint64]int // of the forms that were described
}

func (d *describer) describe(a at) {
	form := d.forms[a]
	if number, ok := d.numbers[form]; ok {
		fmt.Fprintf(&d.text, "^%d", number)
		return
	}
	d.numbers[form] = len(d.numbers)
	p := newPart(a)
	d.text.WriteString(p.kind + "{")
	for _, part := range p.made {
		d.describe(part)
		d.text.WriteByte(',')
	}
	d.text.WriteByte('}')
}
