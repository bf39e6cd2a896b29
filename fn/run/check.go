//go:build !lambda

package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/config/dotenv"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
	"github.com/anygrain/anygrain/fn/run/internal/tagcheck"
)

// check says whether the app can be cut as the grain says, the three built-in
// grains when none is given, and whether each group has its build tag.
func check(ctx context.Context, app App, f *flags, streams IO) error {
	if err := f.noOperands(); err != nil {
		return err
	}
	build := tagcheck.ThisBuild()
	if err := build.Whole(); err != nil {
		return err
	}
	d, err := app.Describe(ctx)
	if err != nil {
		return err
	}
	printWarnings(streams.Err, d, dotenv.Optional(dotEnvFile))
	names := []string{f.grain}
	if f.grain == "" {
		names = []string{"app", "group", "function"}
	}
	problems, units := checkGrains(d, names)
	tags, unknown, sourceErr := tagcheck.Check(ctx, build.Without(d.Groups), d, units)
	problems = append(problems, tags...)
	problems = append(problems, checkConfig(ctx, app, d)...)
	if sourceErr != nil {
		unknown = []string{fmt.Sprintf("build tags are not checked: %v", sourceErr)}
	}
	for _, note := range unknown {
		_, _ = fmt.Fprintln(streams.Err, note)
	}
	if len(problems) > 0 {
		return errors.New(strings.Join(problems, "\n"))
	}
	said := ", every group has its tag"
	switch {
	case sourceErr != nil:
		said = "; build tags were not checked"
	case len(unknown) > 0:
		said = "; not every build tag was checked"
	}
	_, err = fmt.Fprintf(streams.Out, "%s: %s in %s, cut by %s: every one is in one unit, every call has its function%s\n",
		app.Name(), count(len(d.Functions), "function"), count(len(tagcheck.Groups(d)), "group"), strings.Join(names, ", "), said)
	return err
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// checkGrains collects the problems of all grains, each once, and the units of
// those that have none.
func checkGrains(d *fn.Description, names []string) (problems []string, all []grain.Unit) {
	for _, name := range names {
		p, err := partition(d, name)
		var units []grain.Unit
		if err == nil {
			units, err = grain.Cut(d, p)
		}
		if err == nil {
			err = checkNames(d.App, units)
		}
		if err == nil {
			err = checkCallees(calleesOf(d, units))
		}
		var wrong *grain.Error
		switch {
		case err == nil:
			all = append(all, units...)
		case errors.As(err, &wrong):
			problems = append(problems, in(name, wrong.Problems)...)
		default:
			problems = append(problems, err.Error())
		}
	}
	slices.Sort(problems)
	return slices.Compact(problems), all
}

// in puts the file of a partition in front of its problems.
func in(name string, problems []string) []string {
	if builtIn(name) {
		return problems
	}
	named := make([]string, len(problems))
	for i, p := range problems {
		named[i] = name + ": " + p
	}
	return named
}
