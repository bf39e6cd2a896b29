package rules

import "reflect"

// sources are the tags that say which part of a request a field comes from.
var sources = []string{"path", "query", "header", "cookie", "form", "body"}

// sourceOf returns the name that a field has in its part of a request.
func sourceOf(f reflect.StructField) (name string, found bool) {
	for _, key := range sources {
		if name, found = f.Tag.Lookup(key); found {
			return name, true
		}
	}
	return "", false
}

// isFilled reports whether anything from outside comes into a field.
func isFilled(f reflect.StructField) bool {
	_, found := sourceOf(f)
	return found || f.Tag.Get("json") != "-"
}
