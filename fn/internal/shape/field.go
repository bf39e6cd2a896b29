package shape

import (
	"reflect"
	"sort"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// bindingTags say where a field comes from or goes to.
var bindingTags = []string{"path", "query", "header", "cookie", "form", "body", "status"}

// field is a struct field with what its name in a request or in JSON is made of.
type field struct {
	gotype.Field
	key string
}

// sortedFields lists the fields that have a JSON form, by their keys.
func sortedFields(t reflect.Type) []field {
	var fields []field
	for f := range gotype.Fields(t) {
		if !f.IsExported() && !f.Anonymous || f.Excluded() {
			continue
		}
		fields = append(fields, field{f, key(f)})
	}
	sort.SliceStable(fields, func(i, j int) bool { return fields[i].key < fields[j].key })
	return fields
}

// key is the field's name, its json tag, and where it is bound.
func key(f gotype.Field) string {
	tag := f.Tag.Get("json")
	name, _, _ := strings.Cut(tag, ",")
	parts := []string{"json:" + tag}
	if name == "" {
		parts = append(parts, f.Name)
	}
	for _, where := range bindingTags {
		if value, ok := f.Tag.Lookup(where); ok {
			parts = append(parts, where+":"+value)
		}
	}
	return strings.Join(parts, " ")
}
