package config

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
)

// hasParts reports whether the text of a type is taken apart.
func hasParts(t reflect.Type) bool {
	return (t.Kind() == reflect.Slice || t.Kind() == reflect.Map) && !readsText(t)
}

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

// tidy takes the spaces off around every part, key and value. An empty last part is the
// end of the one before it; an empty one elsewhere is a mistake.
func (p parts) tidy(text string) (string, error) {
	all := strings.Split(text, p.separator)
	count := len(all)
	if blank(all[count-1]) {
		all = all[:count-1]
	}
	for i, part := range all {
		if blank(part) {
			return "", misread(fmt.Sprintf("part %d of %d is empty; take out a separator, %q", i+1, count, p.separator))
		}
		var problem string
		if all[i], problem = p.tidyPair(strings.TrimSpace(part)); problem != "" {
			return "", misread(fmt.Sprintf("part %d of %d has %s", i+1, len(all), problem))
		}
	}
	return strings.Join(all, p.separator), nil
}

// tidyPair takes the spaces off of a key and its value, and says what is wrong with them.
func (p parts) tidyPair(part string) (tidied, problem string) {
	if p.pair == "" {
		return part, ""
	}
	key, value, found := strings.Cut(part, p.pair)
	switch {
	case !found:
		return "", fmt.Sprintf("no %q between key and value", p.pair)
	case blank(key):
		return "", fmt.Sprintf("no key before %q", p.pair)
	}
	return strings.TrimSpace(key) + p.pair + strings.TrimSpace(value), ""
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }
