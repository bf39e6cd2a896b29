package config

import (
	"context"
	"encoding"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/anygrain/anygrain/internal/promotion"
	"github.com/anygrain/anygrain/internal/rules"
	"github.com/anygrain/anygrain/internal/tagkey"
)

// What is wrong with a config's type is found whatever the variables are: the library
// finds it when a variable that is set comes to such a field, and blames the variable.

// otherTags are tags of inputs and outputs, which a config does not read.
var otherTags = []string{"path", "query", "header", "cookie", "form", "body", "status"}

// readTags are the tags that a config reads, and default, of which checkTags says more.
var readTags = []string{"env", "envDefault", "envPrefix", "envSeparator", "envKeyValSeparator", "validate", "doc", "default"}

// checkTags notes tags that mean nothing here.
func (s *survey) checkTags(f reflect.StructField, field string) {
	if value, ok := f.Tag.Lookup("default"); ok {
		if holds(f.Type, reflect.TypeFor[Secret]()) {
			value = NewSecret(value).String()
		}
		s.problem(field, typeName(f.Type), fmt.Sprintf("has default:%q, which a config does not read: write envDefault:%[1]q", value))
	}
	if problem := tagkey.Problem(f.Tag, readTags); problem != "" {
		s.problem(field, typeName(f.Type), problem)
	}
	for _, tag := range otherTags {
		if _, ok := f.Tag.Lookup(tag); ok {
			s.problem(field, typeName(f.Type), "has the tag "+tag+`, which is for inputs and outputs: name its variable, as in env:"NAME"`)
		}
	}
}

// checkUnexported notes what is said of a field that nothing can set.
func (s *survey) checkUnexported(f reflect.StructField, field string, tagged bool) {
	rules := f.Tag.Get("validate")
	switch _, hasDefault := f.Tag.Lookup("envDefault"); {
	case tagged, hasDefault:
		s.problem(field, "", "the field is not exported, so it cannot be set")
	case rules != "" && rules != "-":
		s.problem(field, "", "has a validate tag but is not exported, so its rules never run: write it with a capital letter, or remove the tag")
	}
}

// envOptions are the options of env tags that github.com/caarlos0/env knows.
var envOptions = []string{"", "file", "required", "unset", "notEmpty", "expand", "init", "-"}

func (s *survey) checkOptions(v Variable) {
	for _, o := range v.options {
		if !slices.Contains(envOptions, o) {
			s.problem(v.Field, v.Type, fmt.Sprintf("has the option %q in its env tag: there are required, notEmpty, file, expand, unset and init", o))
		}
	}
}

// checkForm notes a struct that is read as a value which it embeds, so that the fields
// beside it are never set.
func (s *survey) checkForm(t reflect.Type, field string) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if form, ok := promotion.Text(t); ok && form.Reads && len(form.Beside) > 0 {
		s.problem(field, typeName(t), "embeds "+form.From.Type.String()+", by whose UnmarshalText it is read: "+strings.Join(form.Beside, ", ")+
			" beside it would not be set; give the embedded field a name, or write UnmarshalText on "+t.String())
	}
}

// checkType notes a type that no text can be read as.
func (s *survey) checkType(t reflect.Type, field string) {
	if !readable(t) {
		s.problem(field, typeName(t), "cannot be read from a variable: use text, a number, a boolean, a duration, a URL, "+
			"a type with UnmarshalText, or a list, map or pointer of one")
	}
}

// readable reports whether github.com/caarlos0/env reads text as the type.
func readable(t reflect.Type) bool {
	switch {
	case readsText(t), isBytes(t):
		return true
	case t.Kind() == reflect.Pointer:
		return single(t.Elem())
	case t.Kind() == reflect.Slice:
		elem := t.Elem()
		if elem.Kind() == reflect.Pointer {
			elem = elem.Elem()
		}
		return single(elem) || readsText(elem)
	case t.Kind() == reflect.Map:
		return single(t.Key()) && single(t.Elem())
	}
	return single(t)
}

func readsText(t reflect.Type) bool {
	text := reflect.TypeFor[encoding.TextUnmarshaler]()
	return t.Implements(text) && t.Kind() != reflect.Interface || reflect.PointerTo(t).Implements(text)
}

// single reports whether the type is one value for the library by its kind.
func single(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[url.URL](), reflect.TypeFor[time.Location](), reflect.TypeFor[Secret]():
		return true
	}
	return t.Kind() == reflect.String || t.Kind() >= reflect.Bool && t.Kind() <= reflect.Float64 && t.Kind() != reflect.Uintptr
}

// checkDefaults notes defaults that cannot be read as their fields.
func (s *survey) checkDefaults(t reflect.Type) {
	settled := settledDefaults(t, s.variables)
	for _, v := range s.variables {
		if err := v.put(reflect.New(t).Elem(), settled[v.Name]); err != nil {
			s.problem(v.Field, v.Type, fmt.Sprintf("has envDefault:%q, which %s", v.Default, v.unreadable(err)))
		}
	}
}

func (v Variable) has(option string) bool { return slices.Contains(v.options, option) }

// settledDefaults are the defaults, by variable, that are the same values whatever the
// variables and the machine are: no names of files, nothing that other variables are put
// into, and no time zones, which are looked up.
func settledDefaults(t reflect.Type, variables []Variable) map[string]string {
	settled := map[string]string{}
	for _, v := range variables {
		f, ok := fieldOf(t, v.Field)
		if ok && v.hasDefault && !v.has("file") && !v.has("expand") && !holds(f.Type, reflect.TypeFor[time.Location]()) {
			settled[v.Name] = f.Tag.Get("envDefault")
		}
	}
	return settled
}

// withDefaults returns a pointer to a config of nothing but the defaults, or that one of
// them cannot be read.
func withDefaults(t reflect.Type, variables []Variable, defaults map[string]string) (any, error) {
	made := reflect.New(t)
	for _, v := range variables {
		if err := v.put(made.Elem(), defaults[v.Name]); err != nil {
			return nil, err
		}
	}
	return made.Interface(), nil
}

// fieldOf finds a field by its Go path.
func fieldOf(t reflect.Type, path string) (f reflect.StructField, ok bool) {
	for name := range strings.SplitSeq(path, ".") {
		if f, ok = t.FieldByName(name); !ok {
			return f, false
		}
		t = f.Type
	}
	return f, ok
}

// checkRules holds the rules against the types of their fields, and the defaults
// against the rules. It sees to it that there is a validator when there are rules.
func (s *settings) checkRules(ctx context.Context, t reflect.Type, variables []Variable) ([]Problem, error) {
	ruled := func(v Variable) bool { return v.Rules != "" }
	if s.validator == nil {
		if !slices.ContainsFunc(variables, ruled) {
			return nil, nil
		}
		set, err := rules.New()
		if err != nil {
			return nil, err
		}
		s.validator = set
	}
	var problems []Problem
	for _, p := range s.validator.Check(t) {
		problems = append(problems, misdeclared(named(p.Field, t), "", named(p.Message, t)))
	}
	if len(problems) > 0 || !slices.ContainsFunc(variables, func(v Variable) bool { return ruled(v) && v.hasDefault }) {
		return problems, nil
	}
	return s.judgeDefaults(ctx, t, variables), nil
}

// judgeDefaults holds the defaults against those of their rules that hold everywhere. The
// other rules, and the other defaults, are judged when they are needed.
func (s *settings) judgeDefaults(ctx context.Context, t reflect.Type, variables []Variable) (problems []Problem) {
	if slices.ContainsFunc(variables, func(v Variable) bool { return v.has("unset") }) { // its default may stand for what is gone
		return nil
	}
	settled := settledDefaults(t, variables)
	defaults, err := withDefaults(t, variables, settled)
	if err != nil {
		return nil
	}
	for _, broken := range s.validator.Struct(ctx, defaults) {
		path, _, _ := strings.Cut(broken.Path, "[")
		for _, v := range variables {
			f, _ := fieldOf(t, path)
			if _, ok := settled[v.Name]; ok && v.Field == path && rules.HoldEverywhere(f.Type, broken.Rule) {
				problems = append(problems, misdeclared(rootName(t)+"."+path, v.Type,
					fmt.Sprintf("has envDefault:%q, which breaks its own rules: it %s", v.Default, broken.Message)))
			}
		}
	}
	return problems
}

// named names a type without a name as the other problems do, in what the validator says.
func named(text string, t reflect.Type) string {
	if t.Name() != "" {
		return text
	}
	return strings.ReplaceAll(text, t.String(), rootName(t))
}
