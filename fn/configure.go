package fn

import (
	"context"
	"fmt"
	"slices"
)

// Configure adds options to the app that are made from its config: middleware that has a secret,
// with what it needs.
//
//	app.Configure(func(ctx context.Context, cfg Config) ([]fn.AppOption, error) {
//		return []fn.AppOption{fn.Use(signedBy(cfg.Key)), fn.Needs(cfg.Sessions.Read())}, nil
//	})
//
// It runs once for each start, before the constructors of groups, and like these it wires and does no
// I/O; Open, OnStart and OnStop work in it. Middleware of NewApp runs outside of what Configure adds, and that
// of a second Configure inside of that of the first. Rules that it adds hold for inputs, not for the
// config, which has been read.
func (a *App[C]) Configure(configure func(ctx context.Context, cfg C) ([]AppOption, error)) {
	if !a.made() {
		return // Start says so
	}
	at := placeOf(configure)
	if configure == nil {
		a.core.problem(at, "Configure: the function is nil; pass a func(context.Context, %s) ([]fn.AppOption, error)", a.core.config.typ)
		return
	}
	a.core.adjust = append(a.core.adjust, configurer{at, func(ctx context.Context, cfg *configs) ([]AppOption, error) {
		return configure(ctx, valueOf[C](cfg.app))
	}})
}

// configurer is one call of Configure.
type configurer struct {
	place *place
	run   func(ctx context.Context, cfg *configs) ([]AppOption, error)
}

// configured returns the app as it is with this config.
func (a *app) configured(ctx context.Context, cfg *configs) (*app, error) {
	if len(a.adjust) == 0 {
		return a, nil
	}
	c := *a
	c.settings = a.settings.clone()
	c.problems = slices.Clone(a.problems)
	for _, adjust := range a.adjust {
		options, err := constructed(ctx, cfg, adjust.run)
		if err != nil {
			return nil, &constructorError{fmt.Sprintf("Configure (%s)", adjust.place), err}
		}
		first := len(c.settings.annotations)
		for _, o := range options {
			if !isNil(o) {
				o.applyApp(&c.settings)
			}
		}
		c.settings.finish(levelApp, first)
		for _, text := range c.settings.misuse {
			c.problem(adjust.place, "Configure: %s", text)
		}
		c.settings.misuse = nil
	}
	return &c, nil
}

// clone returns a copy to which options can be added. What is wrong with them so far has been said.
func (s settings) clone() settings {
	s.middleware = slices.Clone(s.middleware)
	s.needs = cloneNeeds(s.needs)
	s.annotations = slices.Clone(s.annotations)
	s.mapErrors = slices.Clone(s.mapErrors)
	s.renderErrors = slices.Clone(s.renderErrors)
	s.aroundCalls = slices.Clone(s.aroundCalls)
	s.rules = slices.Clone(s.rules)
	s.misuse = nil
	return s
}
