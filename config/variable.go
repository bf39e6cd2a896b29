package config

import (
	"cmp"
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Variable is one value that a config reads.
type Variable struct {
	Name     string `json:"name"`               // "STORE_URL"
	Field    string `json:"field"`              // the Go path without the type: "Store.URL"
	Type     string `json:"type"`               // "text", "integer", "duration", "bytes", "list of text", "secret" …
	Default  string `json:"default,omitempty"`  // the envDefault tag; "[secret]" for a secret
	Required bool   `json:"required,omitempty"` // by the rules or the env tag
	Secret   bool   `json:"secret,omitempty"`   // whether the value must not be printed
	Rules    string `json:"rules,omitempty"`    // the validate tag
	Doc      string `json:"doc,omitempty"`      // the doc tag

	hasDefault bool     // that is not empty: what is empty is not set
	options    []string // of the env tag
	span       string   // of numbers
	narrow     bool     // a short span
}

// Describe lists the variables that a config of type T reads, in the order of
// its fields. The error is an *Error that lists what is wrong with the tags.
func Describe[T any]() ([]Variable, error) {
	variables, problems := describe(reflect.TypeFor[T]())
	if len(problems) > 0 {
		return nil, &Error{problems}
	}
	return variables, nil
}

// Table prints the variables in columns: the name, the type, the default or
// "required", the rules and the doc.
func Table(variables []Variable) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "VARIABLE\tTYPE\tDEFAULT\tRULES\tDOC")
	for _, v := range variables {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", v.Name, v.Type, v.shownDefault(), v.Rules, v.Doc)
	}
	_ = w.Flush()
	return b.String()
}

func (v Variable) shownDefault() string {
	if v.Required && !v.hasDefault {
		return "(required)"
	}
	return v.Default
}

// survey walks a config type.
type survey struct {
	root      string
	variables []Variable
	problems  []Problem
	names     map[string]string // field by variable
}

func describe(t reflect.Type) ([]Variable, []Problem) {
	s := &survey{root: rootName(t), names: map[string]string{}}
	if t.Kind() != reflect.Struct {
		s.problem("", t.String(), "a config is a struct whose fields have env tags")
		return nil, s.problems
	}
	s.walk(t, "", "")
	if len(s.problems) == 0 {
		s.checkDefaults(t)
	}
	return s.variables, s.problems
}

// rootName is what fields are named by.
func rootName(t reflect.Type) string { return cmp.Or(t.Name(), "Config") }

func (s *survey) walk(t reflect.Type, path, prefix string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, tagged := f.Tag.Lookup("env")
		name, options, _ := strings.Cut(name, ",")
		field := path + f.Name
		if name == "-" {
			continue
		}
		s.checkTags(f, field)
		switch {
		case !f.IsExported() && f.Anonymous && nested(f.Type):
			s.problem(field, typeName(f.Type), "the type of the embedded struct is not exported, so nothing in it can be set: export it, or give the field an exported name")
		case !f.IsExported():
			s.checkUnexported(f, field, tagged)
		case name == "" && nested(f.Type):
			s.walk(f.Type, field+".", prefix+f.Tag.Get("envPrefix"))
		case name == "":
			s.problem(field, typeName(f.Type), "the field has no env tag"+misspelt(f.Tag)+`; name its variable, or say env:"-"`)
		default:
			s.add(f, field, prefix+name, options)
		}
	}
}

// misspelt names the tag that was meant to be env, which is too short to be told from others
// where there is one.
func misspelt(tag reflect.StructTag) string {
	for _, key := range []string{"evn", "nev", "emv", "enb", "envv", "envs", "en"} {
		if _, ok := tag.Lookup(key); ok {
			return " but " + key + ": did you mean env?"
		}
	}
	return ""
}

func (s *survey) add(f reflect.StructField, field, name, options string) {
	if earlier, taken := s.names[name]; taken {
		s.problem(field, typeName(f.Type), "the variable "+name+" is read by "+s.root+"."+earlier+" already")
		return
	}
	s.names[name] = field
	s.checkType(f.Type, field)
	s.checkForm(f.Type, field)
	v := Variable{Name: name, Field: field, Type: typeName(f.Type), Rules: f.Tag.Get("validate"), Doc: f.Tag.Get("doc"),
		Secret: holds(f.Type, reflect.TypeFor[Secret]())}
	v.Default = f.Tag.Get("envDefault")
	v.hasDefault = v.Default != ""
	if readable(f.Type) && !readsText(f.Type) {
		v.span, v.narrow = span(f.Type), isNarrow(f.Type)
	}
	if v.Secret { // a description is shown to everybody
		v.Default = NewSecret(v.Default).String()
	}
	if options != "" {
		v.options = strings.Split(options, ",")
		s.checkOptions(v)
	}
	v.Required = slices.Contains(strings.Split(v.Rules, ","), "required") || v.has("required") || v.has("notEmpty")
	s.variables = append(s.variables, v)
}

// problem notes a mistake in the type; such are named by their fields.
func (s *survey) problem(field, kind, message string) {
	place := s.root
	if field != "" {
		place += "." + field
	}
	s.problems = append(s.problems, misdeclared(place, kind, message))
}

func misdeclared(place, kind, message string) Problem {
	return Problem{Name: place, Field: place, Type: kind, Message: message, declared: true}
}

// nested reports whether a struct is a group of variables, not a value.
func nested(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && !reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// holds reports whether a type is the part, points to it, or has elements of it.
func holds(t, part reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return holds(t.Elem(), part)
	case reflect.Map:
		return holds(t.Key(), part) || holds(t.Elem(), part)
	}
	return t == part
}

// typeName is the word for what a value is read as.
func typeName(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[Secret]():
		return "secret"
	case durationType:
		return "duration"
	case reflect.TypeFor[time.Time]():
		return "time"
	case numberType:
		return "number"
	}
	if isBytes(t) {
		return bytesName(t)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return typeName(t.Elem())
	case reflect.Slice:
		return "list of " + typeName(t.Elem())
	case reflect.Map:
		return "map of " + typeName(t.Key()) + " to " + typeName(t.Elem())
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return "integer"
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "positive integer"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.String:
		return "text"
	}
	return t.String()
}
