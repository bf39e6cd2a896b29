package shape

import (
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// Lossy says why a value of the type might not come back from JSON as it was,
// naming the field; "" when every value does that can be written at all. Two ways
// of calling a function would then differ: one that shares values, and one that
// encodes them. What is not known to come back is lossy.
func Lossy(t reflect.Type) string {
	l := losses{open: map[reflect.Type]bool{}}
	return l.find(t, "")
}

// losses has the types whose search has begun, and whether it has not ended yet.
type losses struct{ open map[reflect.Type]bool }

func (l *losses) find(t reflect.Type, at string) string {
	open, seen := l.open[t]
	switch {
	case open: // of the encoders only those of JSON notice
		return at + " can hold itself, and a value that does has no end"
	case t == nil, seen, comesBack(t):
		return ""
	}
	l.open[t] = true
	defer func() { l.open[t] = false }()
	switch t.Kind() {
	case reflect.Pointer: // its methods are those of what it points to
		if canBeNil(t.Elem()) {
			return at + " is a pointer to a " + t.Elem().Kind().String() + ", and null does not tell which of them is nil"
		}
		return l.find(t.Elem(), at)
	case reflect.Interface:
		return at + " is an interface, whose type JSON does not tell"
	}
	if gotype.IsNumber(t) {
		return at + " is a json.Number, and of those the empty one is 0 in JSON"
	}
	if hasOwnWay(t) {
		return at + " has a form of its own, which need not bring every value back"
	}
	return l.findWithin(t, at)
}

func (l *losses) findWithin(t reflect.Type, at string) string {
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return l.find(t.Elem(), at)
	case reflect.Map:
		if !keysComeBack(t.Key()) {
			return at + " has keys whose text need not bring them back"
		}
		return l.find(t.Elem(), at)
	case reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		return at + " is a " + t.Kind().String()
	case reflect.Struct:
		return l.findField(t, at)
	}
	return ""
}

func (l *losses) findField(t reflect.Type, at string) string {
	for f := range gotype.Fields(t) {
		name := strings.TrimPrefix(at+"."+f.Name, ".")
		if why := fieldLoss(f); why != "" {
			return name + " " + why
		}
		if why := l.find(f.Type, name); why != "" {
			return why
		}
	}
	if hidden := repeated(t, map[string]bool{}); hidden != "" {
		return strings.TrimPrefix(at+"."+hidden, ".") + " has the name of another field, which hides it"
	}
	return ""
}

// fieldLoss says what the field loses whatever its type has in it.
func fieldLoss(f gotype.Field) string {
	name, options := f.JSON()
	promoted := f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct
	switch {
	case f.Anonymous && f.Type.Kind() == reflect.Pointer:
		return "is an embedded pointer, which JSON cannot tell from its fields"
	case !f.IsExported() && !promoted:
		return "is not exported"
	case f.Excluded():
		return "is left out of JSON"
	case f.Anonymous && name == "" && !promoted:
		return "is embedded and has no fields"
	}
	return optionLoss(f.Type, options)
}

// optionLoss says what the options of a json tag lose.
func optionLoss(t reflect.Type, options string) string {
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "", "string":
		case "omitempty":
			if canBeNil(t) {
				return "has omitempty, which takes what is empty for nil"
			}
		case "omitzero":
			if has(t, zeroer) || !zeroIsOne(t) {
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
func repeated(t reflect.Type, names map[string]bool) string {
	for f := range gotype.Fields(t) {
		if name, _ := f.JSON(); f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct {
			if within := repeated(f.Type, names); within != "" {
				return f.Name + "." + within
			}
			continue
		}
		name := f.Member()
		if names[name] {
			return f.Name
		}
		names[name] = true
	}
	return ""
}

// canBeNil reports whether the type has a nil, which JSON writes as null.
func canBeNil(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface:
		return true
	}
	return false
}

// zeroIsOne reports whether only one value of the type is zero for reflect, which
// takes the float -0 for zero too.
func zeroIsOne(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Float32, reflect.Float64:
		return false
	case reflect.Array:
		return zeroIsOne(t.Elem())
	case reflect.Struct:
		for f := range gotype.Fields(t) {
			if !zeroIsOne(f.Type) {
				return false
			}
		}
	}
	return true
}

// keysComeBack reports whether keys of the type are their own text.
func keysComeBack(t reflect.Type) bool {
	switch k := t.Kind(); {
	case t.PkgPath() == "time" || hasOwnWay(t):
		return false
	default:
		return k == reflect.String || k >= reflect.Int && k <= reflect.Float64
	}
}

// comesBack reports whether the type's own form is known to bring every value back
// that it can write, zero and nil as well. TestTrustedForms holds the list to it. The names
// stand for the types, so that no program links them for this.
func comesBack(t reflect.Type) bool {
	return slices.Contains([]string{"time.Time", "time.Duration", "net/netip.Addr", "math/big.Int"}, t.PkgPath()+"."+t.Name())
}

var zeroer = reflect.TypeFor[interface{ IsZero() bool }]()

var reader = reflect.TypeFor[io.Reader]()

// hasOwnWay reports whether values of the type are not written, or not read, as what they
// are made of.
func hasOwnWay(t reflect.Type) bool {
	return gotype.WritesItself(t) || gotype.ReadsItself(t) || has(t, reader)
}

// has reports whether the type, or a pointer to it, has the methods of the interface.
func has(t, methods reflect.Type) bool {
	return t.Implements(methods) || reflect.PointerTo(t).Implements(methods)
}
