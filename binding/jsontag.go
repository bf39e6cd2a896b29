package binding

import (
	"fmt"
	"reflect"
	"strings"
)

// jsonOptions are the options of json tags that the JSON package has a meaning for. It
// skips what it does not know, and reports itself what is nearly one of these.
var jsonOptions = []string{"omitempty", "omitzero", "string", "embed", "case", "format"}

// jsonTagProblem says what is wrong with the options of a json tag that the JSON package
// finds out about at the first request, or never; "" when nothing is.
func jsonTagProblem(sf reflect.StructField) string {
	_, options := jsonTag(sf)
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
		case !knownOption(name):
			return fmt.Sprintf("has the json option %q, which means nothing: there are omitempty, omitzero, string, embed and case", name)
		}
	}
	return ""
}

// knownOption reports whether the JSON package knows an option, or refuses it itself.
func knownOption(name string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "")
	for _, known := range jsonOptions {
		if name == known {
			return true
		}
	}
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || name == ""
}

// stringifies reports whether the JSON package can write numbers of the type as strings:
// numbers, what they are pointed to by, and types that write themselves.
func stringifies(t reflect.Type) bool {
	t = indirect(t)
	switch {
	case t == durationType:
		return true
	case t == timeType:
		return false
	case hasJSONForm(t), readsItself(t):
		return true
	}
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64
}
