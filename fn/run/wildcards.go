//go:build !lambda

package run

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
)

// untaken says which wildcards of routes no field of the In takes. The function cannot tell
// what was asked for; middleware could, so it is no mistake. Functions whose In reads the
// request by itself are left out.
func untaken(d *fn.Description) []string {
	var told []string
	for _, f := range d.Functions {
		if in := f.In(); in == nil || in.Kind() != reflect.Struct {
			continue
		}
		for _, route := range f.Routes() {
			for _, name := range wildcards(route.Pattern) {
				if !slices.ContainsFunc(f.Input(), func(field binding.Field) bool { return field.Where == binding.Path && field.Name == name }) {
					told = append(told, fmt.Sprintf("%s: %s: no field takes the wildcard {%s} of the route %q; give the In a field with path:%q", f.Place(), f.Name(), name, route.Pattern, name))
				}
			}
		}
	}
	return told
}

// wildcards lists the names in a pattern of net/http's ServeMux.
func wildcards(pattern string) (names []string) {
	for rest := pattern; ; {
		_, after, found := strings.Cut(rest, "{")
		name, behind, closed := strings.Cut(after, "}")
		if !found || !closed {
			return names
		}
		if name = strings.TrimSuffix(name, "..."); name != "$" {
			names = append(names, name)
		}
		rest = behind
	}
}
