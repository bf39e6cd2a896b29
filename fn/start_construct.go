package fn

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/internal/funcname"
)

// constructed runs a constructor. While an app is described, one that fails without values is run again
// with samples.
func constructed[T any](ctx context.Context, cfg *configs, construct func(context.Context, *configs) (T, error)) (T, error) {
	made, err := attempted(ctx, cfg, construct)
	if err == nil || cfg.samples == nil {
		return made, err
	}
	samples, loadErr := cfg.samples(ctx)
	if loadErr != nil {
		return made, err
	}
	cfg.parts = append(cfg.parts, samples.parts...)
	made, with := attempted(ctx, samples, construct)
	if with != nil {
		return made, fmt.Errorf("%w\nThe constructor got defaults and no values, because the app was described and not started. With sample values it says: %w\n"+
			"Let the constructor take empty values, and open what needs real ones with fn.Open: Start checks the config before any constructor runs", err, with)
	}
	return made, nil
}

// attempted makes an error of a panic while an app is described: it is due to values that are not there.
func attempted[T any](ctx context.Context, cfg *configs, construct func(context.Context, *configs) (T, error)) (made T, err error) {
	if cfg.describing {
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("the constructor panicked: %v", v)
			}
		}()
	}
	return construct(ctx, cfg)
}

// constructorError is the error of a constructor of a group, or of a function of Configure.
type constructorError struct {
	of  string
	err error
}

// Error says whose error it is. The text is fmt's to get: a nil pointer may panic at it.
func (e *constructorError) Error() string { return fmt.Sprintf("%s: %v", e.of, e.err) }

// Unwrap returns the constructor's own error.
func (e *constructorError) Unwrap() error { return e.err }

// construct runs the constructors of the selected groups and collects what
// they made. The first constructor that fails ends it.
func (a *app) construct(ctx context.Context, s *startSettings, cfg *configs) ([]Function, error) {
	var functions []Function
	everywhere := &shared{annotations: a.settings.annotations} // what else the app says, a unit asks it for
	for _, g := range a.groups {
		if !s.selection.group(g.name) {
			continue
		}
		construct := g.construct
		if other, ok := s.replaced[g.name]; ok {
			construct = func(ctx context.Context, cfg *configs) ([]Function, error) { return other(ctx, cfg.app) }
		}
		made, err := constructed(ctx, cfg, construct)
		if err != nil {
			return nil, &constructorError{fmt.Sprintf("group %q (%s)", g.name, g.place), err}
		}
		for _, f := range made {
			functions = append(functions, g.checkOwner(f).within(&g.around).within(everywhere))
		}
	}
	return functions, nil
}

// checkOwner notes when a constructor returns a function of another group.
func (g *group) checkOwner(f Function) Function {
	if f.d == nil {
		d := &declaration{name: g.name, place: g.place}
		d.problem("", "the constructor of group %q returned the zero Function; declare functions with fn.New", g.name)
		return Function{d}
	}
	if !g.owns(f) && funcname.IsFunction(f.Name()) {
		d := *f.d
		d.problem("", "the constructor of group %q (%s) returned it, but its name says group %q; rename it, or register it there",
			g.name, g.place, f.Group())
		return Function{&d}
	}
	return f
}
