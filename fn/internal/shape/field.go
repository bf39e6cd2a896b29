package shape

import (
	"reflect"
	"sort"
	"strings"
)

// bindingTags say where a field comes from or goes to.
var bindingTags = []string{"path", "query", "header", "cookie", "form", "body", "status"}

// field is a struct field with what its name in a request or in JSON is made of.
type field struct {
	reflect.StructField
	key string
}

// sortedFields lists the fields that have a JSON form, by their keys.
func sortedFields(t reflect.Type) []field {
	var fields []field
	for f := range t.Fields() {
		if !f.IsExported() && !f.Anonymous || f.Tag.Get("json") == "-" {
			continue
		}
		fields = append(fields, field{f, key(f)})
	}
	sort.SliceStable(fields, func(i, j int) bool { return fields[i].key < fields[j].key })
	return fields
}

// key is the field's name, its json tag, and where it is bound.
func key(f reflect.StructField) string {
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
