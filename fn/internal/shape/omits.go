package shape

import (
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/internal/model"
)

// Omission is a field whose json:",omitempty" is in vain.
type Omission struct {
	Field   string // "Order.Total"
	Message string // what it is, and what to write
}

// Omissions lists which fields in an Out have json:",omitempty" in vain. It leaves out what is
// an empty text, list or object in JSON, and no number, boolean or time is; encoding/json did
// leave out their zeros, so that many a type that comes from elsewhere has it.
func Omissions(m *model.Model) []Omission {
	o := omits{Model: m, seen: map[model.Ref]bool{}}
	o.walk(m.Root, "")
	return o.found
}

// omits walks the types of one reply; a type is told of once.
type omits struct {
	*model.Model
	seen  map[model.Ref]bool
	found []Omission
}

func (o *omits) walk(r model.Ref, path string) {
	if r == model.None || o.seen[r] {
		return
	}
	o.seen[r] = true
	t := o.Type(r)
	o.walk(t.Elem, path)
	if t.Write == model.Struct {
		o.members(t, path)
	}
}

func (o *omits) members(t *model.Type, path string) {
	if name := t.Name(); name != "" {
		path = name[len(t.Package)+1:]
	}
	for i := range t.Members {
		m := &t.Members[i]
		if m.Type == model.None {
			continue
		}
		field := strings.TrimPrefix(path+"."+m.Go, ".")
		if m.OmitEmpty && !m.OmitZero && !o.MayBeEmpty(m.Type) {
			o.found = append(o.found, Omission{field, fmt.Sprintf(`has json:",omitempty", which never leaves out a %s: write omitzero to leave out its zero`, o.Type(m.Type).Go)})
		}
		o.walk(m.Type, field)
	}
}
