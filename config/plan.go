package config

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// plan is what a config type reads and what is wrong with it, found in one walk over its
// fields.
type plan struct {
	typ       reflect.Type
	root      string // what fields are named by
	variables []variable
	byName    map[string]int // the variables
	byField   map[string]int // likewise, when somebody asks
	problems  []Problem
	defaults  reflect.Value // a pointer to a config of nothing but settled defaults
	ruled     bool          // there is a validate tag
	expands   bool          // a variable has values of others put into it
}

// variable is a field with the variable that it is read from.
type variable struct {
	name     string // "STORE_URL"
	field    string // the Go path without the type: "Store.URL"
	index    []int  // from the config
	typ      reflect.Type
	tag      reflect.StructTag
	options  []string // of the env tag
	preset   string   // the envDefault tag; an empty one is none, as what is empty is not set
	read     reader
	declared bool // it is told who it is
}

func planOf(t reflect.Type) *plan {
	p := &plan{typ: t, root: rootName(t), byName: map[string]int{}}
	if t.Kind() != reflect.Struct {
		p.problem("", t.String(), "a config is a struct whose fields have env tags")
		return p
	}
	p.walk(t, group{})
	if len(p.problems) == 0 {
		p.readDefaults()
	}
	return p
}

func rootName(t reflect.Type) string { return cmp.Or(t.Name(), "Config") }

// group is a struct in a config whose fields are variables.
type group struct {
	path   string // "Store."
	prefix string // "STORE_"
	index  []int
}

func (g group) into(f gotype.Field) group {
	return group{g.path + f.Name + ".", g.prefix + f.Tag.Get("envPrefix"), g.at(f)}
}

func (g group) at(f gotype.Field) []int {
	return append(g.index[:len(g.index):len(g.index)], f.Index...)
}

func (p *plan) walk(t reflect.Type, in group) {
	for f := range gotype.Fields(t) {
		tag, tagged := f.Tag.Lookup("env")
		name, options, _ := strings.Cut(tag, ",")
		field := in.path + f.Name
		if name == "-" {
			continue
		}
		p.checkTags(f, field)
		switch {
		case !f.IsExported() && f.Anonymous && nested(f.Type):
			p.problem(field, typeName(f.Type), "the type of the embedded struct is not exported, so nothing in it can be set: export it, or give the field an exported name")
		case !f.IsExported():
			p.checkUnexported(f, field, tagged)
		case name == "" && nested(f.Type):
			p.checkGroup(f, field, options)
			p.walk(f.Type, in.into(f))
		case nested(f.Type):
			p.problem(field, typeName(f.Type), "is a struct of variables, which have names, and itself has none: take "+name+` out of its env tag; envPrefix:"`+name+`_" puts it in front of theirs`)
		case name == "" && holdsNested(f.Type):
			p.problem(field, typeName(f.Type), "holds a struct of variables: write the struct itself, no pointer, list or map of it, or say env:\"-\"")
		case name == "":
			p.problem(field, typeName(f.Type), "the field has no env tag"+misspelt(f.Tag)+`; name its variable, or say env:"-"`)
		default:
			p.add(variable{name: in.prefix + name, field: field, index: in.at(f), typ: f.Type, tag: f.Tag, preset: f.Tag.Get("envDefault")}, options)
		}
	}
}

// nested reports whether a struct is a group of variables, not a value.
func nested(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && !readsText(t) && valueReader(t) == nil
}

// holdsNested reports whether a type points to such a struct, or has elements of it.
func holdsNested(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return nested(t.Elem()) || holdsNested(t.Elem())
	}
	return false
}

func (p *plan) add(v variable, options string) {
	if earlier, taken := p.byName[v.name]; taken {
		p.problem(v.field, typeName(v.typ), "the variable "+v.name+" is read by "+p.root+"."+p.variables[earlier].field+" already")
		return
	}
	p.byName[v.name] = len(p.variables)
	if v.read = readerOf(v.typ, v.tag); v.read == nil {
		p.problem(v.field, typeName(v.typ), "cannot be read from a variable: use text, a number, a boolean, a duration, a URL, "+
			"a type with UnmarshalText, or a list, map or pointer of one")
	}
	p.checkForm(v.typ, v.field)
	if options != "" {
		v.options = strings.Split(options, ",")
		p.checkOptions(v)
	}
	p.checkVariable(&v)
	p.checkDeclared(&v)
	p.ruled = p.ruled || v.rules() != ""
	p.expands = p.expands || v.has("expand")
	p.variables = append(p.variables, v)
}

// readDefaults makes the config of nothing but the settled defaults, and notes those that
// cannot be read as their fields.
func (p *plan) readDefaults() {
	p.defaults = reflect.New(p.typ)
	for _, v := range p.variables {
		text := ""
		if v.isSettled() {
			text = v.preset
		}
		if err := v.put(p.defaults.Elem(), text); err != nil {
			p.problem(v.field, typeName(v.typ), fmt.Sprintf("has envDefault:%q, which %s", v.shownPreset(), v.unreadable(err)))
		}
	}
}

// isSettled reports whether a variable has a default that is the same value whatever the
// variables and the machine are: no name of a file, nothing that other variables are put
// into, and no time zone, which is looked up.
func (v *variable) isSettled() bool {
	return v.preset != "" && !v.has("file") && !v.has("expand") && !holds(v.typ, zoneType)
}

// put reads the text into the variable's field of the config. No text leaves it as it is.
func (v *variable) put(config reflect.Value, text string) error {
	field := config.FieldByIndex(v.index)
	if text != "" {
		return v.read(field, text)
	}
	if v.has("init") && field.Kind() == reflect.Pointer {
		field.Set(reflect.New(field.Type().Elem()))
	}
	return nil
}

func (v *variable) has(option string) bool { return slices.Contains(v.options, option) }

func (v *variable) rules() string { return v.tag.Get("validate") }

func (v *variable) isSecret() bool { return holds(v.typ, secretType) }

// shownPreset is the default as everybody may see it.
func (v *variable) shownPreset() string {
	if v.isSecret() {
		return NewSecret(v.preset).String()
	}
	return v.preset
}

// describe returns the variable as it is shown.
func (v *variable) describe() Variable {
	required := slices.Contains(strings.Split(v.rules(), ","), "required") || v.has("required") || v.has("notEmpty") || v.isNeeded()
	return Variable{Name: v.name, Field: v.field, Type: typeName(v.typ), Default: v.shownPreset(), Required: required, Secret: v.isSecret(),
		Rules: v.rules(), Doc: v.tag.Get("doc"), hasDefault: v.preset != "", read: v}
}

// problem notes a mistake in the type; such are named by their fields.
func (p *plan) problem(field, kind, message string) {
	place := p.root
	if field != "" {
		place += "." + field
	}
	p.problems = append(p.problems, misdeclared(place, kind, message))
}

func misdeclared(place, kind, message string) Problem {
	return Problem{Name: place, Field: place, Type: kind, Message: message, declared: true}
}
