package fn

import (
	"context"
	"errors"
	"strings"

	"github.com/anygrain/anygrain/internal/buildtag"
	"github.com/anygrain/anygrain/internal/funcname"
)

// NoConfig is the config type of an app that reads none.
type NoConfig struct{}

// App is the functions, middleware and config that belong together. C is the
// type of its config, loaded once and handed to every constructor.
//
// An App is declared while the program starts (package variables, init
// functions) and then only read. It can be started more than once: every
// Start constructs its groups anew.
type App[C any] struct{ core *app }

// app is the App without its config type.
type app struct {
	name     string
	place    *place
	settings settings
	groups   []*group
	problems []Problem
	config   *section     // the app's own
	adjust   []configurer // by Configure
}

// group is one call of Group or Add.
type group struct {
	name      string // "" for Add
	place     *place
	added     []Function // by Add; nil for Group
	around    shared     // what its options say
	section   *section   // its own config; nil for Group and Add
	construct func(ctx context.Context, cfg *configs) ([]Function, error)
}

// NewApp returns an app without functions.
func NewApp[C any](name string, options ...AppOption) *App[C] {
	a := &app{name: name, place: callerPlace(), config: sectionOf[C]()}
	for _, o := range options {
		if o != nil {
			o.applyApp(&a.settings)
		}
	}
	a.settings.finish(levelApp, 0)
	for _, text := range a.settings.misuse {
		a.problem(a.place, "%s", text)
	}
	return &App[C]{core: a}
}

// errNoApp is what the start of an app says that NewApp has not made.
var errNoApp = errors.New("the app is nil or the zero App; make one with fn.NewApp")

// made reports whether NewApp has made the app.
func (a *App[C]) made() bool { return a != nil && a.core != nil }

// Name returns the app's name.
func (a *App[C]) Name() string {
	if !a.made() {
		return ""
	}
	return a.core.name
}

// Group registers a group and the constructor of its functions. The
// constructor runs at Start, and only when a function of the group is
// selected. It wires and does no I/O; what connects does so in OnStart.
//
// The name is the functions' prefix and a build tag: lower-case letters,
// digits and underscores, and no tag that Go itself sets. Like New, Group
// never fails; problems are reported by Start and Describe, all at once.
// The options are for all functions of the group.
//
// What one group alone needs of a config goes into a section of its own: see AddGroup.
func (a *App[C]) Group(name string, construct func(ctx context.Context, cfg C) ([]Function, error), options ...Option) {
	if !a.made() {
		return // Start says so
	}
	g := &group{name: name, place: placeOf(construct), around: *sharedOf(options, levelGroup)}
	a.core.checkGroup(g)
	if construct == nil {
		a.core.problem(g.place, "group %q: the constructor is nil", name)
		return
	}
	g.construct = func(ctx context.Context, cfg *configs) ([]Function, error) {
		return construct(ctx, valueOf[C](cfg.app))
	}
	a.core.groups = append(a.core.groups, g)
}

// Add registers functions that need no constructor.
func (a *App[C]) Add(functions ...Function) {
	if !a.made() {
		return // Start says so
	}
	at := callerPlace()
	byGroup := map[string][]Function{}
	var order []string
	for _, f := range functions {
		name := f.Group()
		if _, seen := byGroup[name]; !seen {
			order = append(order, name)
		}
		byGroup[name] = append(byGroup[name], f)
	}
	for _, name := range order {
		members := byGroup[name]
		g := &group{name: name, place: at, added: members, construct: func(context.Context, *configs) ([]Function, error) { return members, nil }}
		a.core.checkTag(g)
		a.core.groups = append(a.core.groups, g)
	}
}

// Start makes the app ready to serve: it selects functions, loads the config,
// constructs the groups that are selected, checks everything and runs the
// start hooks. The error is a *DeclarationError, a *SelectError, a
// *config.Error, or names the group or hook that failed.
func (a *App[C]) Start(ctx context.Context, options ...StartOption) (*Unit, error) {
	if !a.made() {
		return nil, errNoApp
	}
	return a.core.start(ctx, options)
}

// MustStart is like Start and panics when that fails: the short form for
// tests and for programs that have nothing else to do then.
func (a *App[C]) MustStart(ctx context.Context, options ...StartOption) *Unit {
	unit, err := a.Start(ctx, options...)
	if err != nil {
		panic(err)
	}
	return unit
}

// Describe constructs all groups without secrets, network or hooks, and
// returns what the app consists of. It reads no environment, so that it says the same on
// every machine: configs have their defaults, and zero for what has none, unless options say
// otherwise. A constructor that fails with that gets sample values in a second attempt.
func (a *App[C]) Describe(ctx context.Context, options ...StartOption) (*Description, error) {
	if !a.made() {
		return nil, errNoApp
	}
	return a.core.describeAll(ctx, options)
}

// Starter is what a host can start: an App, or a Unit that has been started already.
type Starter interface {
	Start(ctx context.Context, options ...StartOption) (*Unit, error)
}

// checkGroup notes what is wrong with a group's name and options.
func (a *app) checkGroup(g *group) {
	for _, text := range g.around.misuse {
		a.problem(g.place, "group %q: %s", g.name, text)
	}
	if !funcname.IsGroup(g.name) {
		a.problem(g.place, "group %q: a group's name is lower-case letters, digits and underscores, starting with a letter, since it is also a build tag", g.name)
		return
	}
	a.checkTag(g)
	for _, other := range a.groups {
		if other.name == g.name {
			a.problem(g.place, "group %q is registered twice, the first time at %s; give each constructor a group of its own", g.name, other.place)
		}
	}
}

// checkTag notes that a group has the name of a build tag.
func (a *app) checkTag(g *group) {
	if why := buildtag.Meaning(g.name); why != "" {
		a.problem(g.place, "group %q: the name is a build tag already (%s), so it would choose other files too; rename the group", g.name, why)
	}
}

// groupNames lists the registered groups.
func (a *app) groupNames() []string {
	names := make([]string, 0, len(a.groups))
	for _, g := range a.groups {
		names = append(names, g.name)
	}
	return names
}

// owns reports whether the function belongs to the group by its name.
func (g *group) owns(f Function) bool { return strings.HasPrefix(f.Name(), g.name+".") }
