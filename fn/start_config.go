package fn

import (
	"context"
	"errors"
	"fmt"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/internal/funcname"
)

// loadConfig loads the app's config unless one was handed in.
func (a *app) loadConfig(ctx context.Context, s *startSettings, describing bool) (any, error) {
	if s.hasConfig {
		return s.config, a.accept(s.config)
	}
	var options []config.Option
	if len(s.sources) > 0 {
		options = append(options, config.From(s.sources...))
	}
	if describing {
		options = append(options, config.Lenient())
	}
	return a.load(ctx, append(options, a.configRules()...)...)
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

// withConfigError adds to the error of a constructor that it ran without a valid config.
func (a *app) withConfigError(ctx context.Context, constructor error, s *startSettings) error {
	if _, err := a.loadConfig(ctx, s, false); err != nil {
		return fmt.Errorf("%w\nThe constructor got a config that is not valid, because the app was described and not started: %w\n"+
			"Set what is missing, or let the constructor take empty values: Start checks the config before any constructor runs", constructor, err)
	}
	return constructor
}
