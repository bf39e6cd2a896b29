package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/promotion"
	"github.com/anygrain/anygrain/internal/tagkey"
)

// What is wrong with a config's type is found whatever the variables are, and not when a
// variable that is set comes to such a field: it would be blamed for it.

// otherTags are tags of inputs and outputs, which a config does not read.
var otherTags = []string{"path", "query", "header", "cookie", "form", "body", "status"}

// readTags are the tags that a config reads, and default, of which checkTags says more.
var readTags = []string{"env", "envDefault", "envPrefix", "envSeparator", "envKeyValSeparator", "validate", "doc", "default"}

// checkTags notes tags that mean nothing here.
func (p *plan) checkTags(f gotype.Field, field string) {
	if value, ok := f.Tag.Lookup("default"); ok {
		if holds(f.Type, secretType) {
			value = NewSecret(value).String()
		}
		p.problem(field, typeName(f.Type), fmt.Sprintf("has default:%q, which a config does not read: write envDefault:%[1]q", value))
	}
	if problem := tagkey.Problem(f.Tag, readTags); problem != "" {
		p.problem(field, typeName(f.Type), problem)
	}
	for _, tag := range otherTags {
		if _, ok := f.Tag.Lookup(tag); ok {
			p.problem(field, typeName(f.Type), "has the tag "+tag+`, which is for inputs and outputs: name its variable, as in env:"NAME"`)
		}
	}
}

// checkGroup notes tags of a struct of variables that only a variable can have.
func (p *plan) checkGroup(f gotype.Field, field, options string) {
	if _, ok := f.Tag.Lookup("envDefault"); ok {
		p.problem(field, typeName(f.Type), "has envDefault, but is a struct of variables: give the default to one of those")
	}
	if options != "" {
		p.problem(field, typeName(f.Type), fmt.Sprintf("has %q in its env tag, but is a struct of variables: give it to each of those that it is for", options))
	}
}

// checkVariable notes tags of a variable that mean nothing there.
func (p *plan) checkVariable(v *variable) {
	if prefix, ok := v.tag.Lookup("envPrefix"); ok {
		p.problem(v.field, typeName(v.typ), fmt.Sprintf("has envPrefix, which is for structs of variables: write the whole name, as in env:%q", prefix+v.tag.Get("env")))
	}
	if _, ok := v.tag.Lookup("envExpand"); ok {
		p.problem(v.field, typeName(v.typ), "has the tag envExpand, which is an option: write env:\"NAME,expand\"")
	}
}

// checkUnexported notes what is said of a field that nothing can set.
func (p *plan) checkUnexported(f gotype.Field, field string, tagged bool) {
	rules := f.Tag.Get("validate")
	switch _, hasDefault := f.Tag.Lookup("envDefault"); {
	case tagged, hasDefault:
		p.problem(field, "", "the field is not exported, so it cannot be set")
	case rules != "" && rules != "-":
		p.problem(field, "", "has a validate tag but is not exported, so its rules never run: write it with a capital letter, or remove the tag")
	}
}

// envOptions are the options of env tags: those of github.com/caarlos0/env, and optional.
var envOptions = []string{"", "file", "required", "unset", "notEmpty", "expand", "init", optional, "-"}

func (p *plan) checkOptions(v variable) {
	for _, o := range v.options {
		if !slices.Contains(envOptions, o) {
			p.problem(v.field, typeName(v.typ), fmt.Sprintf("has the option %q in its env tag: there are required, notEmpty, file, expand, unset and init", o))
		}
	}
}

// checkForm notes a struct that is read as a value which it embeds, so that the fields
// beside it are never set.
func (p *plan) checkForm(t reflect.Type, field string) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if !readsItself(t) || t == secretType || isDeclared(t) { // what is told who it is sees to its other fields
		return
	}
	if form, ok := promotion.Text(t); ok && form.Reads && len(form.Beside) > 0 {
		p.problem(field, typeName(t), "embeds "+form.From.Type.String()+", by whose UnmarshalText it is read: "+strings.Join(form.Beside, ", ")+
			" beside it would not be set; give the embedded field a name, or write UnmarshalText on "+t.String())
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
