package fn

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/binding"
)

// start is the life of a unit up to serving.
func (a *app) start(ctx context.Context, options []StartOption) (*Unit, error) {
	s := newStartSettings(options)
	unit, err := a.assemble(ctx, s, false)
	if err != nil {
		return nil, err
	}
	if checked() {
		unit.logger.Info().Str("proof", proof).Msg("the declarations were checked when this was built")
		unit.logBroken()
	}
	err = unit.hooks.runStart(ctx)
	if problems := unit.undeclaredProblems(); err == nil && len(problems) > 0 {
		err = &DeclarationError{App: a.name, Problems: problems}
	}
	if err != nil {
		return nil, joinStop(err, unit.hooks.runStop(context.WithoutCancel(ctx)))
	}
	return unit, nil
}

// joinStop keeps the error of a failed start in front of what went wrong after it.
func joinStop(start, stop error) error {
	if stop == nil {
		return start
	}
	return fmt.Errorf("%w (and then: %w)", start, stop)
}

// assemble selects, loads, constructs and checks; it runs no hook.
func (a *app) assemble(ctx context.Context, s *startSettings, describing bool) (*Unit, error) {
	cfg, err := a.loadConfig(ctx, s, describing)
	if err != nil {
		return nil, a.withDeclarationProblems(err, s)
	}
	stopping := newStopSignal()
	hooks := &hooks{stopping: stopping}
	constructing := context.WithValue(ctx, hooksKey{}, hooks)
	if a, err = a.configured(constructing, cfg); err != nil {
		return nil, err
	}
	unit := &Unit{
		app: a, hooks: hooks, stopping: stopping, logger: a.logger(s), running: &sync.WaitGroup{},
		transport: s.transport, strict: s.strict, describing: describing, whole: len(s.selection) == 0,
	}
	functions, err := a.construct(constructing, s, cfg)
	if err != nil {
		return nil, err
	}
	problems := append(a.check(functions, s, describing), hooks.problems...)
	problems = append(problems, unit.checkResources(cfg, functions)...)
	if unit.validator, err = a.validator(); err != nil {
		problems = append(problems, Problem{Place: a.place.String(), Message: err.Error()})
	} else if !checked() || describing {
		problems = append(problems, checkRules(functions, unit.validator)...)
	}
	if len(problems) > 0 {
		return nil, &DeclarationError{App: a.name, Problems: deduplicated(problems)}
	}
	if err := s.selection.check(functions, a.groupNames()); err != nil {
		return nil, err
	}
	unit.addEntries(functions, s.selection)
	return unit, nil
}

// validator makes the app's validator.
func (a *app) validator() (binding.Validator, error) {
	if v := a.settings.validator; v != nil {
		return v, nil
	}
	return binding.Rules(a.settings.rules...)
}

// logger returns the logger of a unit.
func (a *app) logger(s *startSettings) zerolog.Logger {
	switch {
	case s.logger != nil:
		return *s.logger
	case a.settings.logger != nil:
		return *a.settings.logger
	}
	return zerolog.New(os.Stderr).With().Timestamp().Logger()
}
