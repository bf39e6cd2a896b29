package config

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
)

// parts is how the text of a list or map is put together.
type parts struct {
	separator string // between the parts
	pair      string // between a key and its value, "" in a list
}

func partsOf(t reflect.Type, tag reflect.StructTag) parts {
	p := parts{separator: cmp.Or(tag.Get("envSeparator"), ",")}
	if t.Kind() == reflect.Map {
		p.pair = cmp.Or(tag.Get("envKeyValSeparator"), ":")
	}
	return p
}

// listReader returns what reads a list, nil when its elements cannot be read.
func listReader(t reflect.Type, p parts) reader {
	read := elementReader(t.Elem())
	if read == nil {
		return nil
	}
	return func(field reflect.Value, text string) error {
		all, err := p.split(text)
		if err != nil || len(all) == 0 {
			return err
		}
		list := reflect.MakeSlice(t, len(all), len(all))
		for i, part := range all {
			if err := read(list.Index(i), part); err != nil {
				return err
			}
		}
		field.Set(list)
		return nil
	}
}

// mapReader returns what reads a map, nil when its keys or values cannot be read.
func mapReader(t reflect.Type, p parts) reader {
	readKey, readValue := valueReader(t.Key()), valueReader(t.Elem())
	if readKey == nil || readValue == nil {
		return nil
	}
	return func(field reflect.Value, text string) error {
		all, err := p.split(text)
		if err != nil || len(all) == 0 {
			return err
		}
		made := reflect.MakeMapWithSize(t, len(all))
		for _, part := range all {
			left, right := p.cut(part)
			key, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			if err := cmp.Or(readKey(key, left), readValue(value, right)); err != nil {
				return err
			}
			made.SetMapIndex(key, value)
		}
		field.Set(made)
		return nil
	}
}

// split returns the parts of a text without the spaces around them. An empty last part is
// the end of the one before it; an empty one elsewhere is a mistake.
func (p parts) split(text string) ([]string, error) {
	all := strings.Split(text, p.separator)
	count := len(all)
	if strings.TrimSpace(all[count-1]) == "" {
		all = all[:count-1]
	}
	for i, part := range all {
		if all[i] = strings.TrimSpace(part); all[i] == "" {
			return nil, misread(fmt.Sprintf("part %d of %d is empty; take out a separator, %q", i+1, count, p.separator))
		}
		if problem := p.pairProblem(all[i]); problem != "" {
			return nil, misread(fmt.Sprintf("part %d of %d has %s", i+1, len(all), problem))
		}
	}
	return all, nil
}

// pairProblem says why a part of a map is no key with a value.
func (p parts) pairProblem(part string) string {
	switch key, _ := p.cut(part); {
	case p.pair == "":
		return ""
	case !strings.Contains(part, p.pair):
		return fmt.Sprintf("no %q between key and value", p.pair)
	case key == "":
		return fmt.Sprintf("no key before %q", p.pair)
	}
	return ""
}

// cut returns a key and its value without the spaces around them.
func (p parts) cut(part string) (key, value string) {
	key, value, _ = strings.Cut(part, p.pair)
	return strings.TrimSpace(key), strings.TrimSpace(value)
}
