//go:build !lambda

package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

// check says whether the app can be cut and built as the grain says, the three
// built-in grains when none is given.
func check(ctx context.Context, app App, f *flags, streams IO) error {
	if err := f.noOperands(); err != nil {
		return err
	}
	d, err := app.Describe(ctx)
	if err != nil {
		return err
	}
	names := []string{f.grain}
	if f.grain == "" {
		names = []string{"app", "group", "function"}
	}
	problems := checkGrains(d, names)
	files, err := readSource(ctx)
	if err != nil {
		_, _ = fmt.Fprintf(streams.Err, "build tags are not checked: %v\n", err)
	} else {
		problems = append(problems, checkTags(d, files)...)
	}
	if len(problems) > 0 {
		return errors.New(strings.Join(problems, "\n"))
	}
	_, err = fmt.Fprintf(streams.Out, "%s: %d functions in %d groups, cut by %s: every one is in one unit, every call has its function%s\n",
		app.Name(), len(d.Functions), len(groupsWithFunctions(d)), strings.Join(names, ", "),
		map[bool]string{true: ", every group has its tag", false: ""}[files != nil])
	return err
}

// checkGrains collects the problems of all grains, each once.
func checkGrains(d *fn.Description, names []string) []string {
	var problems []string
	for _, name := range names {
		p, err := partition(d, name)
		if err == nil {
			_, err = grain.Cut(d, p)
		}
		var wrong *grain.Error
		switch {
		case err == nil:
		case errors.As(err, &wrong):
			problems = append(problems, wrong.Problems...)
		default:
			problems = append(problems, err.Error())
		}
	}
	slices.Sort(problems)
	return slices.Compact(problems)
}

func groupsWithFunctions(d *fn.Description) []string {
	var groups []string
	for _, f := range d.Functions {
		if !slices.Contains(groups, f.Group()) {
			groups = append(groups, f.Group())
		}
	}
	return groups
}

// checkTags holds the files of the main package against the groups: what each
// build tag links and leaves out.
func checkTags(d *fn.Description, files []sourceFile) []string {
	c := tagChecker{registered: map[string]string{}}
	for _, f := range files {
		for _, g := range f.groups {
			c.registered[g.name] = g.at
		}
	}
	for _, g := range groupsWithFunctions(d) {
		if _, ok := c.registered[g]; !ok {
			c.problem("the group %q is linked into every unit: no file of the main package registers it with Group(%q, …); do that in a file of its own with //go:build !only || %s", g, g, g)
		}
	}
	for _, f := range files {
		c.checkFile(f)
	}
	return c.problems
}

type tagChecker struct {
	registered map[string]string // where each group is
	problems   []string
}

func (c *tagChecker) problem(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

func (c *tagChecker) checkFile(f sourceFile) {
	for _, g := range f.groups {
		switch {
		case !f.linked("only", g.name):
			c.problem("%s: no build selects the group %q: -tags only,%s leaves out its file; begin it with //go:build !only || %s", g.at, g.name, g.name, g.name)
		case f.linked("only"):
			c.problem("%s: the group %q is linked into every unit, whatever its tags; begin its file with //go:build !only || %s", g.at, g.name, g.name)
		case !f.linked():
			c.problem("%s: a build without the tag only leaves out the group %q; begin its file with //go:build !only || %s", g.at, g.name, g.name)
		}
	}
	if len(f.groups) == 0 || !slices.Contains(f.tags(), "only") {
		return
	}
	for _, tag := range f.tags() {
		if _, ok := c.registered[tag]; !ok && tag != "only" && tag != "lambda" {
			c.problem("%s: the tag %q of its //go:build line links nothing: no group has that name%s", f.name, tag, grain.Suggest(tag, c.names()))
		}
	}
}

func (c *tagChecker) names() []string {
	var names []string
	for name := range c.registered {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
