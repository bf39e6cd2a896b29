package model

import (
	"maps"
	"reflect"
	"slices"

	"github.com/anygrain/anygrain/internal/gotype"
)

// checkValidateMethods notes methods that look as if they checked an input and would
// never be called. Types of other packages may have such a method for other reasons.
func (b *inputBuilder) checkValidateMethods() {
	var forms []string
	types := maps.Clone(b.seen)
	addEmbedded(types, b.of)
	for t := range types {
		if form := wrongValidate(t); form != "" && t.PkgPath() == b.of.PkgPath() {
			forms = append(forms, "the method Validate of "+t.String()+" is a "+form)
		}
	}
	slices.Sort(forms)
	for _, form := range forms {
		b.add("", "%s, which is never called: expected func(context.Context) error; change it, or give it another name", form)
	}
}

// addEmbedded adds a type and the structs that it embeds, whose fields are its own.
func addEmbedded(types map[reflect.Type]bool, t reflect.Type) {
	types[t] = true
	if t.Kind() != reflect.Struct {
		return
	}
	for f := range gotype.Fields(t) {
		if f.Anonymous && !types[f.Type] {
			addEmbedded(types, f.Type)
		}
	}
}

// wrongValidate returns the form of a type's own method Validate that is none of those
// that are called, "" when there is none.
func wrongValidate(t reflect.Type) string {
	if t.Name() == "" || t.Kind() == reflect.Interface || t.Kind() == reflect.Pointer {
		return ""
	}
	if _, has := reflect.PointerTo(t).MethodByName("Validate"); !has || gotype.Validates(t) || promoted(t) {
		return ""
	}
	return reflect.New(t).MethodByName("Validate").Type().String()
}

// promoted reports whether a method Validate may be that of an embedded struct.
func promoted(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for f := range gotype.Fields(t) {
		if !f.Anonymous {
			continue
		}
		if _, has := reflect.PointerTo(gotype.Indirect(f.Type)).MethodByName("Validate"); has {
			return true
		}
	}
	return false
}
