//go:build !lambda

package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/funcname"
)

// planned is what to do about a declaration that depends on the config.
const planned = "; a deployment is planned without the values of the config, so that the plan would be wrong: " +
	"declare the same in any case, and let the function itself ask the config"

// checkConfig finds what constructors declare with one config and not with another: each group without
// values is held against itself with made-up ones. What a constructor says
// against those is not asked.
func checkConfig(ctx context.Context, app App, d *fn.Description) (problems []string) {
	samples := fn.WithSources(config.Samples(ctx, d.Variables(d.Groups...)))
	for _, group := range d.Groups {
		if len(d.Variables(group)) == 0 {
			continue
		}
		without, err := describeGroup(ctx, app, d, group)
		if err != nil {
			continue // the description of the whole app has said so
		}
		with, err := describeGroup(ctx, app, d, group, samples)
		if wrong, ok := errors.AsType[*fn.DeclarationError](err); ok {
			problems = append(problems, fmt.Sprintf("with sample values of the config the group %q has a problem that it does not have without: %v%s", group, wrong, planned))
		}
		if err == nil {
			problems = append(problems, compare(without, with)...)
		}
	}
	slices.Sort(problems) // what is said of the app is said with each group
	return slices.Compact(problems)
}

// describeGroup describes one group by itself: another that cannot do without values would give
// this one the made-up ones as well.
func describeGroup(ctx context.Context, app App, d *fn.Description, group string, options ...fn.StartOption) (*fn.Description, error) {
	one, err := app.Describe(ctx, append(options, fn.Select(funcname.WholeGroup(group)))...)
	if _, none := errors.AsType[*fn.SelectError](err); none {
		return &fn.Description{App: d.App, Needs: d.Needs}, nil
	}
	return one, err
}

// compare says what differs in a group without values and with.
func compare(without, with *fn.Description) []string {
	problems := append(onlyIn(without, with, "without values of the config, and not with sample values"),
		onlyIn(with, without, "with sample values of the config, and not without values")...)
	for _, f := range without.Functions {
		if i := slices.IndexFunc(with.Functions, func(other fn.Function) bool { return other.Name() == f.Name() }); i >= 0 {
			problems = append(problems, differences(f.Name()+" ("+f.Place()+")", facts(f), facts(with.Functions[i]))...)
		}
	}
	return append(problems, differences("the app "+without.App, map[string]string{"needs": words(without.Needs)}, map[string]string{"needs": words(with.Needs)})...)
}

// onlyIn lists the functions of a description that the other has not.
func onlyIn(d, other *fn.Description, when string) (problems []string) {
	for _, f := range d.Functions {
		if !slices.ContainsFunc(other.Functions, func(o fn.Function) bool { return o.Name() == f.Name() }) {
			problems = append(problems, fmt.Sprintf("%s (%s): the constructor of the group %q makes it %s%s", f.Name(), f.Place(), f.Group(), when, planned))
		}
	}
	return problems
}

// facts are what a plan takes from a function.
func facts(f fn.Function) map[string]string {
	routes := make([]string, len(f.Routes()))
	for i, r := range f.Routes() {
		routes[i] = r.Pattern
	}
	return map[string]string{"routes": strings.Join(routes, ", "), "triggers": words(f.Triggers()), "needs": words(f.Needs())}
}

func words[T fmt.Stringer](things []T) string {
	list := make([]string, len(things))
	for i, thing := range things {
		list[i] = thing.String()
	}
	return strings.Join(list, ", ")
}

func differences(of string, without, with map[string]string) (problems []string) {
	for _, fact := range []string{"routes", "triggers", "needs"} {
		if a, b := without[fact], with[fact]; a != b {
			problems = append(problems, fmt.Sprintf("%s: its %s depend on the config: %q without values, %q with sample values%s", of, fact, a, b, planned))
		}
	}
	return problems
}
