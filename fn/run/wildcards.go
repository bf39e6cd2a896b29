//go:build !lambda

package run

import (
	"fmt"
	"reflect"
	"slices"

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
			for _, name := range route.Wildcards() {
				if !slices.ContainsFunc(f.Input(), func(field binding.Field) bool { return field.Where == binding.Path && field.Name == name }) {
					told = append(told, fmt.Sprintf("%s: %s: no field takes the wildcard {%s} of the route %q; give the In a field with path:%q", f.Place(), f.Name(), name, route.Pattern, name))
				}
			}
		}
	}
	return told
}
