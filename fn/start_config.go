package fn

import (
	"context"
	"errors"
	"slices"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/internal/funcname"
)

// loadConfig fills the app's config and the sections of the selected groups with what WithConfig
// hands in, and loads the others in one go. For a description the environment is not asked.
func (a *app) loadConfig(ctx context.Context, s *startSettings, describing bool) (*configs, error) {
	parts := a.parts(s)
	if err := a.give(parts, s, describing); err != nil {
		return nil, err
	}
	options := a.configRules()
	if describing || len(s.sources) > 0 {
		options = append(options, config.From(s.sources...))
	}
	if describing {
		options = append(options, config.Lenient())
	}
	if err := config.LoadAll(ctx, toLoad(parts), options...); err != nil {
		return nil, err
	}
	cfg := configsOf(parts)
	cfg.describing = describing
	if describing && len(s.sources)+len(s.configs) == 0 {
		cfg.samples = func(ctx context.Context) (*configs, error) { return a.sampleConfig(ctx, s) }
	}
	return cfg, nil
}

// sampleConfig fills the app's config and the sections with made-up values.
func (a *app) sampleConfig(ctx context.Context, s *startSettings) (*configs, error) {
	lists, err := config.DescribeAll(toLoad(a.parts(s)))
	if err != nil {
		return nil, err
	}
	with := *s
	with.sources = []config.Source{config.Samples(ctx, slices.Concat(lists...))}
	return a.loadConfig(ctx, &with, true)
}

// configRules lets the config use the app's own rules. Those that are wrong are reported
// with the rest of the declaration.
func (a *app) configRules() []config.Option {
	if len(a.settings.rules) == 0 {
		return nil
	}
	v, err := binding.Rules(a.settings.rules...)
	if err != nil {
		return nil
	}
	return []config.Option{config.ValidateWith(v)}
}

// withDeclarationProblems puts what is wrong whatever the config says in front of the config's
// problems, so that nobody completes a config for a binary that cannot start.
func (a *app) withDeclarationProblems(config error, s *startSettings) error {
	functions := a.addedFunctions(s.selection)
	problems := a.check(functions, s, false)
	if _, err := binding.Rules(a.settings.rules...); err != nil {
		problems = append(problems, Problem{Place: a.place.String(), Message: err.Error()})
	}
	if len(problems) > 0 {
		return errors.Join(&DeclarationError{App: a.name, Problems: deduplicated(problems)}, config)
	}
	for _, selector := range s.selection {
		if !a.canMatch(selector) {
			return errors.Join(&SelectError{Selector: selector, Known: known(a.addedFunctions(nil), a.groupNames())}, config)
		}
	}
	return config
}

// addedFunctions are the functions of the selected groups that no constructor makes.
func (a *app) addedFunctions(s selection) []Function {
	var functions []Function
	for _, g := range a.groups {
		if !s.group(g.name) {
			continue
		}
		for _, f := range g.added {
			functions = append(functions, g.checkOwner(f))
		}
	}
	return functions
}

// canMatch reports whether the selector may match a function, as far as that is
// known before the constructors run.
func (a *app) canMatch(selector string) bool {
	for _, g := range a.groups {
		if g.name == funcname.GroupOf(selector) && (g.added == nil || anySelected(selector, g.added)) {
			return true
		}
	}
	return selector == funcname.All
}
