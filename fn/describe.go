package fn

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/internal/rules/quick"
)

// Description is what an app consists of, as far as it can be known without
// secrets and a network.
type Description struct {
	App       string
	Functions []Function        // in the order of declaration
	Groups    []string          // that are registered in this binary, in the order of registration
	Needs     []Need            // what the app's own middleware uses, for every function
	Config    []config.Variable // what the app's config reads, for every group
	Sections  []Section         // what groups read beside it, each for itself; of those that have a section
	Warnings  []string          // what is declared in a way that may not be meant, with its place; each once, and none stops a start

	configs []part // the types of both
}

// Variables are what a unit of these groups reads, the app's config and their sections together, each once.
func (d *Description) Variables(groups ...string) []config.Variable {
	variables := slices.Clone(d.Config)
	for _, s := range d.Sections {
		if !slices.Contains(groups, s.Group) {
			continue
		}
		for _, v := range s.Variables {
			if !slices.ContainsFunc(variables, func(known config.Variable) bool { return known.Name == v.Name }) {
				variables = append(variables, v)
			}
		}
	}
	return variables
}

// QuickRules reports whether the rules of the config and of what goes into these functions are
// all decided without go-playground/validator, so that a unit of them can be built with the tag
// quickrules, which leaves that out. Rules of an app's own are not.
func (d *Description) QuickRules(functions []Function) bool {
	for _, p := range d.configs {
		if read := p.Group == "" || slices.ContainsFunc(functions, func(f Function) bool { return f.Group() == p.Group }); read && !quick.Decides(p.typ) {
			return false
		}
	}
	return !slices.ContainsFunc(functions, func(f Function) bool { return !quick.Decides(f.In()) })
}

// Config lists the variables that the config and the sections of the selected groups read, without
// running a constructor. The error is what Start with these options would say about them: with a
// *config.Error about values the list is there all the same. In contrast to Describe it reads them.
func (a *App[C]) Config(ctx context.Context, options ...StartOption) ([]config.Variable, error) {
	if !a.made() {
		return nil, errNoApp
	}
	s := newStartSettings(options)
	lists, err := config.DescribeAll(toLoad(a.core.parts(s)))
	if err != nil {
		return nil, err
	}
	_, err = a.core.loadConfig(ctx, s, false)
	return slices.Concat(lists...), err
}

// describeAll assembles the unit without an environment and takes its functions.
func (a *app) describeAll(ctx context.Context, options []StartOption) (*Description, error) {
	s := newStartSettings(options)
	parts := a.parts(s)
	lists, err := config.DescribeAll(toLoad(parts))
	if err != nil {
		return nil, a.withDeclarationProblems(err, s)
	}
	unit, err := a.assemble(ctx, s, true)
	if _, failed := errors.AsType[*constructorError](err); failed {
		err = a.withConfigError(ctx, s, err)
	}
	if err != nil {
		return nil, err
	}
	d := &Description{App: a.name, Functions: unit.Functions(), Groups: a.groupNames(),
		Needs: cloneNeeds(unit.app.settings.needs), Config: lists[0], Warnings: unit.warnings(), configs: parts}
	for i, p := range parts[1:] {
		d.Sections = append(d.Sections, Section{p.Group, lists[i+1]})
	}
	return d, nil
}

// withConfigError adds to the error of a constructor that the config which was said to be its own is not valid.
func (a *app) withConfigError(ctx context.Context, s *startSettings, failed error) error {
	if len(s.sources) == 0 {
		return failed
	}
	if _, err := a.loadConfig(ctx, s, false); err != nil {
		return fmt.Errorf("%w\nThe constructor got a config that is not valid, because the app was described and not started: %w\n"+
			"Set what is missing, or let the constructor take empty values: Start checks the config before any constructor runs", failed, err)
	}
	return failed
}
