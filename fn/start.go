package fn

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn/internal/pattern"
)

// StartOption is an option of Start and Describe.
type StartOption func(*startSettings)

type startSettings struct {
	selection selection
	config    any
	hasConfig bool
	sources   []config.Source
	replaced  map[string]func(context.Context, any) ([]Function, error)
	transport Transport
	strict    bool
	logger    *zerolog.Logger
}

// Select serves only the functions that a selector matches: "orders.get",
// "orders.*" or "*"; several may stand in one string, separated by commas. A
// selector that matches nothing fails the start. The default is everything.
func Select(selectors ...string) StartOption {
	return func(s *startSettings) { s.selection = append(s.selection, parseSelection(selectors)...) }
}

// WithConfig hands cfg to the constructors instead of loading a config. It
// must be of the app's config type.
func WithConfig(cfg any) StartOption {
	return func(s *startSettings) { s.config, s.hasConfig = cfg, true }
}

// WithSources loads the config from the sources instead of the .env file and
// the environment.
func WithSources(sources ...config.Source) StartOption {
	return func(s *startSettings) { s.sources = append(s.sources, sources...) }
}

// WithLogger replaces the app's logger.
func WithLogger(logger zerolog.Logger) StartOption {
	return func(s *startSettings) { s.logger = &logger }
}

// ReplaceGroup uses another constructor for the group: the way to hand fakes
// to the code under test.
func ReplaceGroup[C any](name string, construct func(ctx context.Context, cfg C) ([]Function, error)) StartOption {
	return func(s *startSettings) {
		if s.replaced == nil {
			s.replaced = map[string]func(context.Context, any) ([]Function, error){}
		}
		s.replaced[name] = func(ctx context.Context, cfg any) ([]Function, error) {
			typed, ok := cfg.(C)
			if !ok {
				return nil, fmt.Errorf("ReplaceGroup: the constructor takes %T, the app's config is %T", typed, cfg)
			}
			return construct(ctx, typed)
		}
	}
}

func newStartSettings(options []StartOption) *startSettings {
	s := &startSettings{}
	for _, o := range options {
		o(s)
	}
	return s
}

// start is the life of a unit up to serving.
func (a *app) start(ctx context.Context, options []StartOption) (*Unit, error) {
	s := newStartSettings(options)
	unit, err := a.assemble(ctx, s, false)
	if err != nil {
		return nil, err
	}
	if checked() {
		unit.logger.Info().Str("proof", proof).Msg("the declarations were checked when this was built")
	}
	if err := unit.hooks.runStart(ctx); err != nil {
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
		return nil, a.withKnown(err, s)
	}
	stopping := newStopSignal()
	unit := &Unit{
		app: a, hooks: &hooks{stopping: stopping}, stopping: stopping, logger: a.logger(s), running: &sync.WaitGroup{},
		transport: s.transport, strict: s.strict,
	}
	functions, err := a.construct(context.WithValue(ctx, hooksKey{}, unit.hooks), s, cfg)
	if err != nil {
		if describing {
			err = a.withLack(ctx, err, s)
		}
		return nil, err
	}
	problems := a.check(functions, s, describing)
	if unit.validator, err = a.validator(); err != nil {
		problems = append(problems, Problem{Place: a.place.String(), Message: err.Error()})
	} else if !checked() || describing {
		problems = append(problems, checkRules(functions, unit.validator)...)
	}
	if len(problems) > 0 {
		return nil, &DeclarationError{App: a.name, Problems: once(problems)}
	}
	if err := s.selection.check(functions, a.groupNames()); err != nil {
		return nil, err
	}
	unit.enter(functions, s.selection)
	return unit, nil
}

// withLack adds to the error of a constructor that it ran without a valid config.
func (a *app) withLack(ctx context.Context, constructor error, s *startSettings) error {
	if _, err := a.loadConfig(ctx, s, false); err != nil {
		return fmt.Errorf("%w\nThe constructor got a config that is not valid, because the app was described and not started: %w\n"+
			"Set what is missing, or let the constructor take empty values: Start checks the config before any constructor runs", constructor, err)
	}
	return constructor
}

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

// construct runs the constructors of the selected groups and collects what
// they made. The first constructor that fails ends it.
func (a *app) construct(ctx context.Context, s *startSettings, cfg any) ([]Function, error) {
	var functions []Function
	for _, g := range a.groups {
		if !s.selection.group(g.name) {
			continue
		}
		construct := g.construct
		if other, ok := s.replaced[g.name]; ok {
			construct = other
		}
		made, err := construct(ctx, cfg)
		if err != nil {
			return nil, fmt.Errorf("group %q (%s): %w", g.name, g.place, err)
		}
		for _, f := range made {
			functions = append(functions, g.adopt(f))
		}
	}
	return functions, nil
}

// adopt notes when a constructor returns a function of another group.
func (g *group) adopt(f Function) Function {
	if f.d == nil {
		d := &declaration{name: g.name, place: g.place}
		d.problem("", "the constructor of group %q returned the zero Function; declare functions with fn.New", g.name)
		return Function{d}
	}
	if !g.owns(f) && isFunctionName(f.Name()) {
		d := *f.d
		d.problem("", "the constructor of group %q (%s) returned it, but its name says group %q; rename it, or register it there",
			g.name, g.place, f.Group())
		return Function{&d}
	}
	return f
}

// check collects what is wrong with the declarations whatever the config says. For the start
// of a build that was checked, that has been done.
func (a *app) check(functions []Function, s *startSettings, describing bool) []Problem {
	problems := a.problems[:len(a.problems):len(a.problems)]
	if !checked() || describing {
		for _, f := range functions {
			problems = append(problems, f.d.late()...)
		}
		problems = append(problems, checkTogether(functions)...)
		problems = append(problems, a.checkUses(functions)...)
	}
	problems = append(problems, a.checkReplaced(s)...)
	return append(problems, a.checkEmpty()...)
}

// validator makes the app's validator.
func (a *app) validator() (binding.Validator, error) {
	if v := a.settings.validator; v != nil {
		return v, nil
	}
	return binding.Rules(a.settings.rules...)
}

// checkRules holds all rules against the validator.
func checkRules(functions []Function, v binding.Validator) []Problem {
	var problems []Problem
	for _, f := range functions {
		problems = append(problems, f.d.ruleProblems(v)...)
	}
	return problems
}

// checkReplaced notes replacements of groups that do not exist.
func (a *app) checkReplaced(s *startSettings) []Problem {
	var problems []Problem
	for name := range s.replaced {
		if !containsGroup(a.groups, name) {
			problems = append(problems, Problem{Place: a.place.String(), Message: fmt.Sprintf(
				"ReplaceGroup(%q): the app has no such group; it has %s", name, quoteAll(a.groupNames()))})
		}
	}
	return problems
}

func containsGroup(groups []*group, name string) bool {
	for _, g := range groups {
		if g.name == name {
			return true
		}
	}
	return false
}

// checkTogether collects the functions' own problems and finds those that
// only show between functions: names and routes that are claimed twice.
func checkTogether(functions []Function) []Problem {
	var problems []Problem
	first := make(map[string]Function, len(functions))
	for _, f := range functions {
		problems = append(problems, f.d.problems...)
		if earlier, taken := first[f.d.name]; taken {
			problems = append(problems, Problem{Function: f.d.name, Place: f.d.at(),
				Message: "the name is taken by the function at " + earlier.d.at() + "; names are unique in an app"})
			continue
		}
		first[f.d.name] = f
	}
	return append(problems, routeConflicts(functions)...)
}

type claimedRoute struct {
	function Function
	route    HTTPRoute
}

// routeConflicts finds pairs of routes that claim the same requests, by the
// rules of net/http.ServeMux.
func routeConflicts(functions []Function) []Problem {
	var problems []Problem
	var claimed []claimedRoute
	var index pattern.Index
	for _, f := range functions {
		for _, r := range f.d.routes {
			for _, i := range index.Meeting(r.pattern()) {
				problems = appendConflict(problems, claimedRoute{f, r}, claimed[i])
			}
			index.Add(r.pattern())
			claimed = append(claimed, claimedRoute{f, r})
		}
	}
	return problems
}

func appendConflict(problems []Problem, a, b claimedRoute) []Problem {
	witness, conflict := conflicts(a.route.pattern(), b.route.pattern())
	if !conflict {
		return problems
	}
	return append(problems, Problem{Function: a.function.d.name, Place: a.function.d.at(), Message: fmt.Sprintf(
		"route %q claims the same requests as route %q of %s (%s): both match %q and neither is more specific; change one of them",
		a.route.Pattern, b.route.Pattern, b.function.d.name, b.function.d.at(), witness)})
}

func conflicts(a, b *pattern.Pattern) (string, bool) { return a.Conflicts(b) }

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

func (a *app) problem(at *place, format string, args ...any) {
	a.problems = append(a.problems, Problem{Place: at.String(), Message: fmt.Sprintf(format, args...)})
}
