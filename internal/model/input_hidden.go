package model

import (
	"reflect"
	"slices"

	"github.com/anygrain/anygrain/internal/gotype"
)

// rival is a field of a struct, or of one that it embeds, with what decides which of several
// fields of one name JSON has.
type rival struct {
	path  string // from the struct: "Paging.Cursor"
	depth int
	named bool // by its json tag
}

// checkHidden reports fields of a struct in the body that hide each other: of several of one name that
// are embedded equally deeply JSON has none, unless a json tag gives one of them alone the name.
func (b *inputBuilder) checkHidden(path string, t reflect.Type) {
	if !embeds(t) { // of one struct, the JSON package takes no two of a name
		return
	}
	var names []string // in the order of declaration
	fields := map[string][]rival{}
	eachMember(t, "", []reflect.Type{t}, func(name string, f rival) {
		if _, known := fields[name]; !known {
			names = append(names, name)
		}
		fields[name] = append(fields[name], f)
	})
	for _, name := range names {
		if top := leastDeep(fields[name]); len(top) > 1 {
			b.add(join(path, top[1].path), "is called %q in JSON, and so is %s, embedded as deeply, so that JSON has neither: give one another name",
				name, join(path, top[0].path))
		}
	}
}

// embeds reports whether a struct has fields of another.
func embeds(t reflect.Type) bool {
	for sf := range gotype.Fields(t) {
		if sf.Inlined() {
			return true
		}
	}
	return false
}

// leastDeep returns the fields of which JSON would have one.
func leastDeep(fields []rival) []rival {
	depth := slices.MinFunc(fields, func(a, b rival) int { return a.depth - b.depth }).depth
	top := slices.DeleteFunc(slices.Clone(fields), func(f rival) bool { return f.depth > depth })
	named := slices.DeleteFunc(slices.Clone(top), func(f rival) bool { return !f.named })
	if len(named) == 1 {
		return named
	}
	return top
}

// eachMember goes through the fields that are members of the JSON of a struct; within are the
// structs around them, so that one that embeds itself ends.
func eachMember(t reflect.Type, path string, within []reflect.Type, visit func(name string, f rival)) {
	for sf := range gotype.Fields(t) {
		inner := gotype.PointedStruct(sf.Type)
		name, _ := sf.JSON()
		switch {
		case sf.Excluded():
		case sf.Inlined() && !gotype.ReadsItself(inner):
			if !slices.Contains(within, inner) {
				eachMember(inner, path+sf.Name+".", append(within[:len(within):len(within)], inner), visit)
			}
		case sf.IsExported():
			visit(sf.Member(), rival{path + sf.Name, len(within), name != ""})
		}
	}
}
