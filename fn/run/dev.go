//go:build !lambda

package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/config/dotenv"
	"github.com/anygrain/anygrain/fn/dev"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/remote"
	"github.com/anygrain/anygrain/fn/run/internal/tagcheck"
)

// runUnits runs every unit of a grain as a Lambda process of its own.
func runUnits(ctx context.Context, app App, f *flags, streams IO) error {
	format, ok := map[string]awsevent.Format{"2.0": awsevent.HTTPAPI, "1.0": awsevent.HTTPAPIv1, "rest": awsevent.REST}[f.format]
	if !ok {
		return usageError{fmt.Errorf("the format %q is none of 2.0, 1.0 and rest", f.format)}
	}
	if f.grain == "" {
		f.grain = "group"
	}
	c, err := cutForDev(ctx, app, f)
	if err != nil {
		return err
	}
	file := dotenv.Optional(dotEnvFile)
	printWarnings(streams.Err, c.app, file)
	env, fromFile, err := unitEnvironment(ctx, os.Environ(), c.app.Variables(c.app.Groups...), file)
	if err != nil {
		return err
	}
	if len(fromFile) > 0 {
		_, _ = fmt.Fprintf(streams.Out, "the units get %s from %s\n", strings.Join(fromFile, ", "), dotEnvFile)
	}
	return unprefixed("dev: ", dev.Run(ctx, dev.Config{
		App: app.Name(), Package: tagcheck.ThisBuild().Package, Units: c.units,
		Callees: calleesOf(c.app, c.units),
		Addr:    f.addr, Format: format,
		Env: env, Hidden: c.hidden(), Out: streams.Out, Color: os.Getenv("NO_COLOR") == "" && isTerminal(streams.Out),
	}))
}

// cutForDev cuts the app, and finds what no unit could start with: wrong
// declarations, an incomplete config, build tags that leave out a group. Nobody
// would mend these by waiting, so they are said before anything is built.
func cutForDev(ctx context.Context, app App, f *flags) (*cut, error) {
	_, configErr := app.Config(ctx)
	configErr = withoutLambdas(configErr)
	c, err := newCut(ctx, app, f)
	var said *config.Error
	switch {
	case errors.As(err, &said), errors.As(err, new(usageError)):
		return nil, err
	case err != nil:
		return nil, errors.Join(err, configErr)
	}
	return c, errors.Join(append([]error{configErr}, c.unbuildable(ctx)...)...)
}

// withoutLambdas leaves out the variables that a unit gets from dev, as from Lambda.
func withoutLambdas(err error) error {
	wrong, ok := errors.AsType[*config.Error](err)
	if !ok {
		return err
	}
	own := slices.DeleteFunc(slices.Clone(wrong.Problems), func(p config.Problem) bool {
		return strings.HasPrefix(p.Name, "AWS_") || p.Name == "_HANDLER" || p.Name == remote.CalleesVariable
	})
	if len(own) == 0 {
		return nil
	}
	return &config.Error{Problems: own}
}

// unbuildable says why units cannot be built, or would lack functions.
func (c *cut) unbuildable(ctx context.Context) []error {
	leftOut, err := tagcheck.LeftOut(ctx, tagcheck.ThisBuild().Without(c.app.Groups), c.app, c.units)
	if err != nil {
		return []error{err}
	}
	var problems []error
	for _, text := range leftOut {
		problems = append(problems, errors.New(text))
	}
	return problems
}

// unprefixed takes off what package dev or fnhttp puts in front of its errors: the
// command's name stands there already.
func unprefixed(prefix string, err error) error {
	if err == nil {
		return nil
	}
	return errors.New(strings.ReplaceAll(strings.TrimPrefix(err.Error(), prefix), "\n"+prefix, "\n"))
}

// hidden are the variables that each unit does not read, and others do: on Lambda it would not have them.
func (c *cut) hidden() map[string][]string {
	all := c.app.Variables(c.app.Groups...)
	hidden := map[string][]string{}
	for _, u := range c.units {
		own := c.app.Variables(u.Groups...)
		for _, v := range all {
			if !slices.ContainsFunc(own, func(o config.Variable) bool { return o.Name == v.Name }) {
				hidden[u.Name] = append(hidden[u.Name], v.Name)
			}
		}
	}
	return hidden
}

// isTerminal reports whether somebody looks at it.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
