package fn

import (
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/anygrain/anygrain/config"
)

// fieldsOfResources are the resources among the fields of the configs.
func fieldsOfResources(cfg *configs) (found []fieldOfResource) {
	for _, p := range cfg.parts {
		for _, d := range config.DeclaredFields(p.Into) {
			if r, ok := d.(Resource); ok {
				found = append(found, fieldOfResource{r, p.typ})
			}
		}
	}
	return found
}

// fieldOfResource is a resource with the type of the config that it is a field of.
type fieldOfResource struct {
	Resource
	config reflect.Type
}

// needed is what the functions and the app's own middleware need, as kind and ID.
func (a *app) needed(functions []Function) map[[2]string]bool {
	set := map[[2]string]bool{}
	add := func(needs []Need) {
		for _, n := range needs {
			set[identity(n.Resource)] = true
		}
	}
	add(a.settings.needs)
	for _, f := range functions {
		add(f.d.needs)
	}
	return set
}

func identity(r Resource) [2]string { return [2]string{r.Kind(), r.ID()} }

// watch tells the resources of the unit's configs that none of these functions needs, so that they can
// say who uses them all the same. The functions are all of a group, since one constructor wires them all.
func (u *Unit) watch(fields []fieldOfResource, functions []Function) {
	if len(fields) == 0 {
		return
	}
	needed := u.app.needed(functions)
	for _, r := range fields {
		if needed[identity(r)] {
			continue
		}
		if !slices.ContainsFunc(u.unneeded, func(known fieldOfResource) bool { return identity(known) == identity(r) }) {
			u.unneeded = append(u.unneeded, r)
		}
		if watched, ok := r.Resource.(interface{ NotNeeded(func(place string) bool) }); ok {
			watched.NotNeeded(u.undeclared.report(u, r))
		}
	}
}

// checkResources finds what is wrong with the resources of the configs and with the needs of them.
func (u *Unit) checkResources(cfg *configs, functions []Function) []Problem {
	fields := fieldsOfResources(cfg)
	u.watch(fields, functions)
	problems := u.undeclaredProblems()
	if u.describing || !checked() {
		problems = append(problems, u.app.disagreements(functions)...)
	}
	if u.describing {
		problems = append(problems, u.app.foreign(fields, functions)...)
	}
	return problems
}

// undeclaredUses are the uses of resources that no function of the unit needs.
type undeclaredUses struct {
	mu    sync.Mutex
	found []Problem
}

// report returns what a resource calls when it is used at a place. It says whether the use is refused.
func (d *undeclaredUses) report(u *Unit, r fieldOfResource) func(place string) bool {
	message := fmt.Sprintf("it uses the %s %s (a field of %v), and no function here needs it, so that nothing allows it; "+
		"declare it with fn.Needs and an access, such as Read(), at the functions that use it", r.Kind(), r.ID(), r.config)
	return func(place string) bool {
		p := Problem{Place: place, Message: message}
		d.mu.Lock()
		defer d.mu.Unlock()
		if !slices.Contains(d.found, p) {
			d.found = append(d.found, p)
			if !u.describing {
				u.logger.Error().Str("resource", r.ID()).Str("place", place).Msg(message)
			}
		}
		return u.strict
	}
}

// undeclaredProblems are the uses so far, if they are problems of this unit.
func (u *Unit) undeclaredProblems() []Problem {
	u.undeclared.mu.Lock()
	defer u.undeclared.mu.Unlock()
	if !u.strict && !u.describing {
		return nil
	}
	return slices.Clone(u.undeclared.found)
}

// isField reports whether a resource is of a type for fields of configs.
func isField(r Resource) bool {
	return reflect.PointerTo(bare(r)).Implements(reflect.TypeFor[config.Declared]())
}

// bare is the type of a resource, without a pointer.
func bare(r Resource) reflect.Type {
	t := reflect.TypeOf(r)
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// foreign are needs of resources that are fields of a config which is none of the app's: their
// variables would be in no unit's list. Only a description tells, as tests may load a section by hand.
func (a *app) foreign(fields []fieldOfResource, functions []Function) (problems []Problem) {
	own := map[[2]string]bool{}
	for _, r := range fields {
		own[identity(r)] = true
	}
	check := func(of string, at string, needs []Need) {
		for _, n := range needs {
			if !isField(n.Resource) || own[identity(n.Resource)] {
				continue
			}
			problems = append(problems, Problem{Function: of, Place: at, Message: fmt.Sprintf(
				"it needs the %s %s, which is a field of no config of this app, so that no unit would be given its variable; take it from the config or the section that the constructor is given", n.Resource.Kind(), n.Resource.ID())})
		}
	}
	check("", a.place.String(), a.settings.needs)
	for _, f := range functions {
		check(f.d.name, f.d.at(), f.d.needs)
	}
	return problems
}

// disagreements are resources of one kind and ID that are of several types: two queues of one name
// that carry different messages.
func (a *app) disagreements(functions []Function) (problems []Problem) {
	type user struct {
		name, at string
		typ      reflect.Type
	}
	first := map[[2]string]user{}
	check := func(of, at string, needs []Need) {
		for _, n := range needs {
			if n.Resource.Kind() == ResourceFunction {
				continue
			}
			this := user{of, at, bare(n.Resource)}
			before, known := first[identity(n.Resource)]
			if !known {
				first[identity(n.Resource)] = this
			} else if before.typ != this.typ {
				problems = append(problems, Problem{Function: of, Place: at, Message: fmt.Sprintf(
					"it needs the %s %s as %v, and %s (%s) needs it as %v; import one declaration on both sides, or give one of them another ID",
					n.Resource.Kind(), n.Resource.ID(), this.typ, before.name, before.at, before.typ)})
			}
		}
	}
	check("the app", a.place.String(), a.settings.needs)
	for _, f := range functions {
		check(f.d.name, f.d.at(), f.d.needs)
	}
	return problems
}
