package model

import (
	"bytes"
	"fmt"
)

// AppendText appends the model as text, a line for each field and type: the same for two models
// that say the same, and different for others.
func (m *Model) AppendText(b []byte) ([]byte, error) {
	b = fmt.Appendf(b, "model %q of type %d, output %t, bare %t\n", m.Name, m.Root, m.Output, m.Bare)
	for _, f := range m.Fields {
		b = fmt.Appendf(b, "field %q at %v in %s %q, JSON %q %q as %d of type %d, default %t %q, rules %q, doc %q\n",
			f.Go, f.Index, f.Place, f.Name, f.JSON, f.Tag, f.As, f.Type, f.HasDefault, f.Default, f.Rules, f.Doc)
	}
	for i, t := range m.Types[1:] {
		b = fmt.Appendf(b, "type %d %q of %q is a %s, reads %d, writes %d, methods %d, %d bits, %d elements, of %d by %d\n",
			i+1, t.Go, t.Package, t.Kind, t.Read, t.Write, t.Methods, t.Bits, t.Len, t.Elem, t.Key)
		for _, member := range t.Members {
			b = member.appendText(b)
		}
	}
	return b, nil
}

func (m *Member) appendText(b []byte) []byte {
	return fmt.Appendf(b, "member %q, JSON %q %q, places %q, rules %q, doc %q, type %d, exported %t, anonymous %t, inlined %t, excluded %t, omitempty %t, omitzero %t\n",
		m.Go, m.JSON, m.Tag, m.Places, m.Rules, m.Doc, m.Type, m.Exported, m.Anonymous, m.Inlined, m.Excluded, m.OmitEmpty, m.OmitZero)
}

// Equal reports whether two models say the same.
func (m *Model) Equal(other *Model) bool {
	a, _ := m.AppendText(nil)
	b, _ := other.AppendText(nil)
	return bytes.Equal(a, b)
}
