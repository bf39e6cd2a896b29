package fn

import (
	"context"
	"reflect"

	"github.com/anygrain/anygrain/config"
)

// AddGroup registers a group that has a config of its own, its section, beside the app's config.
// A unit loads, requires and is given the sections of its own groups alone: no secret where it is
// not used. Otherwise it is like App.Group, which stays for groups without a section.
//
//	func init() { fn.AddGroup(app, "chat", newChat) } // in chat.go, with //go:build !only || chat
//
//	func newChat(_ context.Context, shared Config, own chat.Config) ([]fn.Function, error) {
//		return chat.New(shared.Currency, own.Secret).Functions(), nil
//	}
//
// The section belongs into the group's package and is named in the group's own tagged file, so that
// no other unit links it. It is a struct like a config (package config), of a type that no other
// group has. Two groups may read one variable if type, options, default and rules agree. What is
// missing in the app's config and in all sections of a unit is in one error.
func AddGroup[C, S any](app *App[C], name string, construct func(ctx context.Context, shared C, own S) ([]Function, error), options ...Option) {
	if !app.made() {
		return // Start says so
	}
	g := &group{name: name, place: placeOf(construct), around: *sharedOf(options, levelGroup), section: sectionOf[S]()}
	app.core.checkGroup(g)
	app.core.checkSection(g)
	if construct == nil {
		app.core.problem(g.place, "group %q: the constructor is nil", name)
		return
	}
	g.construct = func(ctx context.Context, cfg *configs) ([]Function, error) {
		return construct(ctx, valueOf[C](cfg.app), valueOf[S](cfg.sections[name]))
	}
	app.core.groups = append(app.core.groups, g)
}

// section is the config of one group.
type section struct {
	typ  reflect.Type
	make func() any // a pointer to a zero one
}

func sectionOf[S any]() *section {
	return &section{reflect.TypeFor[S](), func() any { return new(S) }}
}

// isEmpty reports whether it has no fields, and so nothing that is read.
func (s *section) isEmpty() bool { return s.typ.Kind() == reflect.Struct && s.typ.NumField() == 0 }

// configs are pointers to the config of the app and to sections, by the names of their groups.
type configs struct {
	app      any
	sections map[string]any
	parts    []part

	describing bool                                        // no constructor may panic
	samples    func(ctx context.Context) (*configs, error) // what constructors get that fail with these; nil for nothing
}

// valueOf is what p points to, a zero value for nil.
func valueOf[T any](p any) (value T) {
	if p, ok := p.(*T); ok {
		value = *p
	}
	return value
}

// checkSection notes that a section is not the group's own.
func (a *app) checkSection(g *group) {
	if g.section.isEmpty() {
		return
	}
	if g.section.typ == a.config.typ {
		a.problem(g.place, "group %q: its section is of the type of the app's config, %v, which it is given anyway; register it with App.Group, or give it a type of its own", g.name, g.section.typ)
	}
	for _, other := range a.groups {
		if other.section != nil && other.section.typ == g.section.typ {
			a.problem(g.place, "group %q: its section is of the type %v, as that of group %q at %s; give each group a type of its own", g.name, g.section.typ, other.name, other.place)
		}
	}
}

// Section is what one group's own config reads.
type Section struct {
	Group     string            // "chat"
	Variables []config.Variable // in the order of the fields; of those that the app's config reads too, all
}

// part is the app's config or a section, as it is loaded.
type part struct {
	config.Part
	*section
}

// parts are the configs of a unit: the app's, and the sections of its groups. A group that is
// replaced has no use for its section.
func (a *app) parts(s *startSettings) []part {
	parts := []part{{config.Part{Into: a.config.make()}, a.config}}
	for _, g := range a.groups {
		if _, replaced := s.replaced[g.name]; g.section == nil || replaced || !s.selection.group(g.name) {
			continue
		}
		parts = append(parts, part{config.Part{Into: g.section.make(), Group: g.name, Place: g.place.String()}, g.section})
	}
	if len(parts) > 1 {
		parts[0].Place = a.place.String()
	}
	return parts
}

// toLoad are the parts as package config takes them.
func toLoad(parts []part) []config.Part {
	list := make([]config.Part, len(parts))
	for i, p := range parts {
		list[i] = p.Part
	}
	return list
}

// configsOf are the parts when they are filled.
func configsOf(parts []part) *configs {
	c := &configs{app: parts[0].Into, sections: make(map[string]any, len(parts)-1), parts: parts}
	for _, p := range parts[1:] {
		c.sections[p.Group] = p.Into
	}
	return c
}
