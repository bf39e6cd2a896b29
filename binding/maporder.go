package binding

import (
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"sort"
)

// Go visits the keys of a map in another order each time. What a client is told
// of a request must not depend on it.

// elements goes through a list or a map, by the texts of the keys.
func elements(v reflect.Value) iter.Seq2[string, reflect.Value] {
	if v.Kind() != reflect.Map {
		return func(yield func(string, reflect.Value) bool) {
			for i, e := range v.Seq2() {
				if !yield(fmt.Sprint(i), e) {
					return
				}
			}
		}
	}
	byText := make(map[string]reflect.Value, v.Len())
	for key, e := range v.Seq2() {
		byText[fmt.Sprint(key)] = e
	}
	return func(yield func(string, reflect.Value) bool) {
		for _, key := range slices.Sorted(maps.Keys(byText)) {
			if !yield(key, byText[key]) {
				return
			}
		}
	}
}

// holdsMap reports whether there is a map in values of the type.
func holdsMap(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Map:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return holdsMap(t.Elem(), seen)
	case reflect.Struct:
		for f := range t.Fields() {
			if holdsMap(f.Type, seen) {
				return true
			}
		}
	}
	return false
}

// sortFailures puts what the rules say of maps into an order: a validator visits
// their keys as Go does. Below fields without a map the validator's own order stays.
func (p *In) sortFailures(failures []Failure) {
	if len(failures) < 2 || !p.maps {
		return
	}
	sort.SliceStable(failures, func(i, j int) bool {
		a, b := failures[i].Path, failures[j].Path
		partA, _ := p.partAt(a)
		partB, _ := p.partAt(b)
		if partA == partB && partA != nil && partA.maps {
			return a < b
		}
		return p.orderOf(partA) < p.orderOf(partB)
	})
}

// orderOf is the place of a part among the fields of the In; what is of none comes last.
func (p *In) orderOf(part *part) int {
	if part == nil {
		return len(p.parts)
	}
	return part.order
}
