package shape

import (
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/model"
)

// Lossy says why a value might not come back from JSON as it was, naming the field; ""
// when every value does that can be written at all. Two ways
// of calling a function would then differ: one that shares values, and one that
// encodes them. What is not known to come back is lossy.
func Lossy(m *model.Model) string {
	l := losses{m, map[model.Ref]bool{}}
	return l.find(m.Root, "")
}

// losses has the types whose search has begun, and whether it has not ended yet.
type losses struct {
	*model.Model
	open map[model.Ref]bool
}

func (l *losses) find(r model.Ref, at string) string {
	open, seen := l.open[r]
	t := l.Type(r)
	switch {
	case open: // of the encoders only those of JSON notice
		return at + " can hold itself, and a value that does has no end"
	case r == model.None, seen, comesBack(t):
		return ""
	}
	l.open[r] = true
	defer func() { l.open[r] = false }()
	switch {
	case t.Kind == "ptr": // its methods are those of what it points to
		if elem := l.Type(t.Elem); canBeNil(elem) {
			return at + " is a pointer to a " + elem.Kind + ", and null does not tell which of them is nil"
		}
		return l.find(t.Elem, at)
	case t.Kind == "interface":
		return at + " is an interface, whose type JSON does not tell"
	case t.Write == model.Number:
		return at + " is a json.Number, and of those the empty one is 0 in JSON"
	case hasOwnWay(t):
		return at + " has a form of its own, which need not bring every value back"
	}
	return l.findWithin(r, at)
}

func (l *losses) findWithin(r model.Ref, at string) string {
	switch t := l.Type(r); t.Kind {
	case "slice", "array":
		return l.find(t.Elem, at)
	case "map":
		if !keysComeBack(l.Type(t.Key)) {
			return at + " has keys whose text need not bring them back"
		}
		return l.find(t.Elem, at)
	case "struct":
		return l.findMember(t, at)
	default:
		if t.Write == model.NoForm {
			return at + " is a " + t.Kind
		}
	}
	return ""
}

func (l *losses) findMember(t *model.Type, at string) string {
	for i := range t.Members {
		m := &t.Members[i]
		name := strings.TrimPrefix(at+"."+m.Go, ".")
		if why := l.memberLoss(m); why != "" {
			return name + " " + why
		}
		if why := l.find(m.Type, name); why != "" {
			return why
		}
	}
	if hidden := l.repeated(t, map[string]bool{}); hidden != "" {
		return strings.TrimPrefix(at+"."+hidden, ".") + " has the name of another field, which hides it"
	}
	return ""
}

// memberLoss says what the field loses whatever its type has in it.
func (l *losses) memberLoss(m *model.Member) string {
	name, options, _ := strings.Cut(m.Tag, ",")
	promoted := l.promoted(m)
	switch {
	case m.Excluded:
		return "is left out of JSON"
	case m.Anonymous && l.Type(m.Type).Kind == "ptr":
		return "is an embedded pointer, which JSON cannot tell from its fields"
	case !m.Exported && !promoted:
		return "is not exported"
	case m.Anonymous && name == "" && !promoted:
		return "is embedded and has no fields"
	}
	return l.optionLoss(m.Type, options)
}

// promoted reports whether the fields of a struct that is embedded by value count as those of
// the struct around it.
func (l *losses) promoted(m *model.Member) bool {
	name, _, _ := strings.Cut(m.Tag, ",")
	return m.Anonymous && name == "" && l.Type(m.Type).Kind == "struct"
}

// optionLoss says what the options of a json tag lose.
func (l *losses) optionLoss(r model.Ref, options string) string {
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "", "string":
		case "omitempty":
			if canBeNil(l.Type(r)) {
				return "has omitempty, which takes what is empty for nil"
			}
		case "omitzero":
			if l.saysZero(r) || !l.zeroIsOne(r) {
				return "has omitzero, which takes other values for zero"
			}
		default:
			return "has the option " + option
		}
	}
	return ""
}

// repeated returns the first field, of the struct or of one embedded in it, that
// has the name of another.
func (l *losses) repeated(t *model.Type, names map[string]bool) string {
	for i := range t.Members {
		m := &t.Members[i]
		if l.promoted(m) {
			if within := l.repeated(l.Type(m.Type), names); within != "" {
				return m.Go + "." + within
			}
			continue
		}
		if names[m.JSON] {
			return m.Go
		}
		names[m.JSON] = true
	}
	return ""
}

// canBeNil reports whether the type has a nil, which JSON writes as null.
func canBeNil(t *model.Type) bool {
	return slices.Contains([]string{"slice", "map", "ptr", "interface"}, t.Kind)
}

// saysZero reports whether the type, or what it points to, says itself what is zero.
func (l *losses) saysZero(r model.Ref) bool {
	t := l.Type(r)
	return t.Methods.Has(model.SaysZero) || t.Kind == "ptr" && l.Type(t.Elem).Methods.Has(model.SaysZero)
}

// zeroIsOne reports whether only one value of the type is zero for reflect, which
// takes the float -0 for zero too.
func (l *losses) zeroIsOne(r model.Ref) bool {
	switch t := l.Type(r); t.Kind {
	case "float32", "float64":
		return false
	case "array":
		return l.zeroIsOne(t.Elem)
	case "struct":
		return !slices.ContainsFunc(t.Members, func(m model.Member) bool { return !l.zeroIsOne(m.Type) })
	}
	return true
}

// keysComeBack reports whether keys of the type are their own text.
func keysComeBack(t *model.Type) bool {
	if t.Package == "time" || hasOwnWay(t) {
		return false
	}
	return slices.Contains([]model.Form{model.String, model.Int, model.Uint, model.Float, model.Number}, t.Write)
}

// comesBack reports whether the type's own form is known to bring every value back
// that it can write, zero and nil as well. TestTrustedForms holds the list to it. The names
// stand for the types, so that no program links them for this.
func comesBack(t *model.Type) bool {
	return slices.Contains([]string{"time.Time", "time.Duration", "net/netip.Addr", "math/big.Int"}, t.Name())
}

// hasOwnWay reports whether the type is not written, or not read, as what it is made of.
func hasOwnWay(t *model.Type) bool {
	return t.ReadsItself() || t.WritesItself() || t.Methods.Has(model.Reads)
}
