package model

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// jsonTagProblem says what is wrong with the options of a json tag that the JSON package
// finds out about at the first request, or never; "" when nothing is.
func jsonTagProblem(sf gotype.Field) string {
	_, options := sf.JSON()
	if options == "" || !sf.IsExported() && !sf.Anonymous {
		return ""
	}
	for option := range strings.SplitSeq(options[1:], ",") {
		name, _, _ := strings.Cut(option, ":")
		switch {
		case name == "format": // a quoted comma may follow; it is refused elsewhere
			return ""
		case name == "string" && !stringifies(sf.Type):
			return fmt.Sprintf(`is a %s and has json:",string", which is for numbers: take the option away`, sf.Type)
		case name == "inline" && sf.Anonymous: // what other packages say of what is done anyway
		case name == "inline" || name == "unknown":
			return fmt.Sprintf("has the json option %q, which the JSON package does not have any more: embed the struct", name)
		case nearlyOmits(name):
			return fmt.Sprintf("has the json option %q, which means nothing: expected omitempty or omitzero", name)
		}
	}
	return ""
}

// nearlyOmits reports whether an option is omitempty or omitzero misspelt. The JSON package
// refuses another case of them itself. It skips what it does not know, as nocopy and
// required: the options of other packages stand in types that nobody here owns.
func nearlyOmits(option string) bool {
	switch strings.ReplaceAll(strings.ToLower(option), "_", "") {
	case "omitempty", "omitzero", "omitnil":
		return false
	}
	return strings.HasPrefix(option, "omit")
}

// stringifies reports whether the JSON package can write numbers of the type as strings:
// numbers, what they are pointed to by, and types that write themselves.
func stringifies(t reflect.Type) bool {
	t = gotype.Indirect(t)
	switch {
	case gotype.IsDuration(t):
		return true
	case gotype.IsTime(t):
		return false
	case gotype.WritesItself(t), gotype.ReadsItself(t):
		return true
	}
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64
}
