package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/caarlos0/env/v11"

	"github.com/anygrain/anygrain/internal/rules"
)

// textsOf returns the text of each variable that has one: from the values, or else from
// the default, expanded or from a file as the env tag says. That much is done by
// github.com/caarlos0/env for a whole config, and refused is what it says of that. What it
// says of reading a text is no matter here: each text is read alone, by Variable.put.
func textsOf(t reflect.Type, variables []Variable, values map[string]string) (texts map[string]string, refused []error) {
	texts = map[string]string{}
	take := func(name string, text any, _ bool) { texts[name], _ = text.(string) }
	err := env.ParseWithOptions(reflect.New(t).Interface(), env.Options{Environment: values, FuncMap: parsers, OnSet: take})
	for _, v := range variables {
		if v.has("file") {
			texts[v.Name] = withoutNewline(texts[v.Name])
		}
	}
	if all, ok := errors.AsType[env.AggregateError](err); ok {
		refused = all.Errors
	}
	return texts, refused
}

// withoutNewline takes off the one that editors and echo end a file with.
func withoutNewline(text string) string {
	without, found := strings.CutSuffix(text, "\n")
	if !found {
		return text
	}
	return strings.TrimSuffix(without, "\r")
}

// put reads the text into the variable's field of the config. No text leaves it as it is.
func (v Variable) put(config reflect.Value, text string) error {
	field := config
	for name := range strings.SplitSeq(v.Field, ".") {
		field = field.FieldByName(name)
	}
	if text != "" {
		f, _ := fieldOf(config.Type(), v.Field)
		return put(field, f.Tag, text)
	}
	if v.has("init") && field.Kind() == reflect.Pointer {
		field.Set(reflect.New(field.Type().Elem()))
	}
	return nil
}

// put reads the text into a field that has the tag: bytes as they are, everything else as
// the library does, lists and maps without the spaces around their parts, times as inputs do.
func put(field reflect.Value, tag reflect.StructTag, text string) error {
	t := field.Type()
	switch {
	case isBytes(t):
		return putBytes(field, text)
	case hasParts(t):
		var err error
		if text, err = partsOf(t, tag).tidy(text); err != nil || text == "" {
			return err
		}
	}
	if isTimes(t) {
		var err error
		if text, err = capitalTimes(text, timeSeparator(t, tag)); err != nil {
			return err
		}
	}
	alone := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "X", Type: t, Tag: separators(tag)}}))
	err := env.ParseWithOptions(alone.Interface(), env.Options{Environment: map[string]string{"X": text}, FuncMap: parsersOf(t)})
	if err == nil {
		field.Set(alone.Elem().Field(0))
	}
	return err
}

// separators is the tag of a variable X with the separators of another one's.
func separators(tag reflect.StructTag) reflect.StructTag {
	own := `env:"X"`
	for _, key := range []string{"envSeparator", "envKeyValSeparator"} {
		if value, ok := tag.Lookup(key); ok {
			own += fmt.Sprintf(" %s:%q", key, value)
		}
	}
	return reflect.StructTag(own)
}

// misread is what is wrong with a text, in words that have no part of it.
type misread string

func (m misread) Error() string { return string(m) }

// unreadable says what a text must be that cannot be read, and what is wrong with it where
// that is known.
func (v Variable) unreadable(err error) string {
	if why, ok := errors.AsType[misread](err); ok {
		return unreadable(v) + ": " + string(why)
	}
	if v.narrow || v.span != "" && isOutside(err) { // a short range is always told, a long one to whom it concerns
		return "cannot be read as " + article(v.Type) + v.span
	}
	return unreadable(v)
}

// unreadable says what a value must be.
func unreadable(v Variable) string {
	return "cannot be read as " + article(v.Type) + example(v.Type)
}

func article(word string) string {
	switch {
	case strings.HasSuffix(word, "bytes"):
		return word
	case strings.ContainsRune("aeiou", rune(word[0])):
		return "an " + word
	}
	return "a " + word
}

// example shows the form of types whose form is not obvious.
func example(word string) string {
	switch word {
	case "duration":
		return ` such as "1m30s"`
	case "time":
		return ` such as "2006-01-02T15:04:05Z"`
	case "boolean":
		return `: true or false`
	case "time.Location":
		return zoneExample(rules.KnowsZones())
	}
	return ""
}
