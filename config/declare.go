package config

import (
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// Declared is what a type of config fields implements, by its pointer, to learn which variable
// it is read from: a table, a bucket, whatever has to be known before it has a value. Load tells
// each such field once, after its value is read, and it tells those that have none as well. So
// who a resource is comes from the type of the config alone, and is the same in every stage.
//
// The type is read from text (UnmarshalText), which an embedded type may do for it. Such a field
// is required by nature, also without a rule; env:"NAME,optional" says otherwise. It is a field
// of its own: no pointer, and in no list or map.
type Declared interface {
	// Declare is told the field. It does no more than keep it.
	Declare(Field)
}

// Field says which field of a config something is.
type Field struct {
	Variable string            // "IMAGES_BUCKET"
	Path     string            // the Go path without the type: "Store.Images"
	Group    string            // the group whose section it is in; "" in the config of an app
	Tag      reflect.StructTag // of the field, for tags of its own
}

// optional is the option of env tags that a Declared field need not be set.
const optional = "optional"

var declaredType = reflect.TypeFor[Declared]()

func isDeclared(t reflect.Type) bool {
	return t.Kind() != reflect.Interface && reflect.PointerTo(t).Implements(declaredType)
}

// holdsDeclared reports whether a type points to one that is told who it is, or has elements of it.
func holdsDeclared(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return isDeclared(t.Elem()) || holdsDeclared(t.Elem())
	case reflect.Map:
		return isDeclared(t.Elem()) || holdsDeclared(t.Elem())
	}
	return false
}

// checkDeclared notes fields that could not be told who they are, and the option that only those have.
func (p *plan) checkDeclared(v *variable) {
	v.declared = isDeclared(v.typ)
	switch {
	case !v.declared && holdsDeclared(v.typ):
		p.problem(v.field, typeName(v.typ), "each "+elementName(v.typ)+" has a variable of its own: write a field for each, and no pointer, list or map")
	case !v.declared && v.has(optional):
		p.problem(v.field, typeName(v.typ), "has the option \"optional\" in its env tag, which is for resources alone: any other field may be missing, unless it has a rule or an option that says otherwise")
	case v.declared && v.has(optional) && (v.has("required") || v.has("notEmpty")):
		p.problem(v.field, typeName(v.typ), "has two options in its env tag of which only one can hold: optional, and required or notEmpty")
	}
}

func elementName(t reflect.Type) string {
	for !isDeclared(t) {
		t = t.Elem()
	}
	return typeName(t)
}

// isNeeded reports whether the variable has to be set because of what its field is.
func (v *variable) isNeeded() bool { return v.declared && !v.has(optional) }

// declare tells the fields who they are.
func (l *loader) declare() {
	for i := range l.plan.variables {
		v := &l.plan.variables[i]
		if !v.declared {
			continue
		}
		if d, ok := l.config.FieldByIndex(v.index).Addr().Interface().(Declared); ok {
			d.Declare(Field{Variable: v.name, Path: v.field, Group: l.part.Group, Tag: v.tag})
		}
	}
}

// DeclaredFields returns the fields of a config, a pointer to a struct, that are told who they are:
// pointers into the config, in the order of its fields.
func DeclaredFields(config any) []Declared {
	into := reflect.ValueOf(config)
	if into.Kind() != reflect.Pointer || into.IsNil() || into.Elem().Kind() != reflect.Struct {
		return nil
	}
	return declaredFields(into.Elem(), nil)
}

func declaredFields(in reflect.Value, found []Declared) []Declared {
	for f := range gotype.Fields(in.Type()) {
		if name, _, _ := strings.Cut(f.Tag.Get("env"), ","); !f.IsExported() || name == "-" {
			continue
		}
		switch field := in.FieldByIndex(f.Index); {
		case isDeclared(f.Type):
			d, _ := field.Addr().Interface().(Declared)
			found = append(found, d)
		case nested(f.Type):
			found = declaredFields(field, found)
		}
	}
	return found
}

// kindOf is what a resource calls itself, "" when it does not.
func kindOf(t reflect.Type) (kind string) {
	defer func() { _ = recover() }() // it is a zero value, which somebody else's method may not expect
	if !isDeclared(t) {
		return ""
	}
	if k, ok := reflect.New(t).Interface().(interface{ Kind() string }); ok {
		return k.Kind()
	}
	return ""
}
