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
	build := thisBuild()
	if err := build.whole(); err != nil {
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
	tags, unknown, sourceErr := checkSource(ctx, d, build)
	problems = append(problems, tags...)
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
		app.Name(), count(len(d.Functions), "function"), count(len(groupsWithFunctions(d)), "group"), strings.Join(names, ", "), said)
	return err
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// checkSource checks the build tags, and says what of them it cannot know. The
// error is that the source is not there.
func checkSource(ctx context.Context, d *fn.Description, build buildInfo) (problems, unknown []string, err error) {
	files, err := readSource(ctx, build)
	if err != nil {
		return nil, []string{fmt.Sprintf("build tags are not checked: %v", err)}, err
	}
	problems, unknown = checkTags(d, files)
	return problems, unknown, nil
}

// checkGrains collects the problems of all grains, each once.
func checkGrains(d *fn.Description, names []string) []string {
	var problems []string
	for _, name := range names {
		p, err := partition(d, name)
		var units []grain.Unit
		if err == nil {
			units, err = grain.Cut(d, p)
		}
		if err == nil {
			err = checkNames(d.App, units)
		}
		var wrong *grain.Error
		switch {
		case err == nil:
		case errors.As(err, &wrong):
			problems = append(problems, in(name, wrong.Problems)...)
		default:
			problems = append(problems, err.Error())
		}
	}
	slices.Sort(problems)
	return slices.Compact(problems)
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

func groupsWithFunctions(d *fn.Description) []string {
	var groups []string
	for _, f := range d.Functions {
		if !slices.Contains(groups, f.Group()) {
			groups = append(groups, f.Group())
		}
	}
	return groups
}

// checkTags holds the files of the program against the groups: what each build
// tag links and leaves out. Unknown is what only a run of the program could tell.
func checkTags(d *fn.Description, files []sourceFile) (problems, unknown []string) {
	c := tagChecker{groups: groupsWithFunctions(d), registered: map[string]bool{}}
	for _, f := range files {
		for _, g := range f.groups {
			c.registered[g.name] = true
			if g.name == "" {
				unknown = append(unknown, g.at+": the build tag of this group is not checked: its name is neither written here nor a constant of the package")
			}
		}
	}
	for _, g := range c.groups {
		if !c.registered[g] && len(c.groups) > 1 && len(unknown) == 0 { // one group is linked anyway
			c.problem("the group %q is linked into every unit: no file of the program registers it with Group(%q, …); do that in a file of its own with //go:build !only || %s", g, g, g)
		}
	}
	for _, f := range files {
		c.checkGroups(f)
		c.checkConstraint(f)
	}
	return c.problems, unknown
}

type tagChecker struct {
	groups     []string        // of the app
	registered map[string]bool // by a file
	problems   []string
}

func (c *tagChecker) problem(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// isGroup reports whether a call of a method Group is one of the app's: it has
// the group, or the file speaks of the tag only.
func (c *tagChecker) isGroup(name string, f sourceFile) bool {
	return name != "" && (slices.Contains(c.groups, name) || slices.Contains(f.tags, "only"))
}

// checkGroups checks that a file is linked with the tag of each of its groups,
// without any, and not with the tag only alone.
func (c *tagChecker) checkGroups(f sourceFile) {
	for _, g := range f.groups {
		switch {
		case !c.isGroup(g.name, f):
		case !f.linked("only", g.name):
			c.problem("%s: no build selects the group %q: -tags only,%s leaves out its file; begin it with //go:build !only || %s", g.at, g.name, g.name, g.name)
		case f.linked("only") && len(c.groups) > 1:
			c.problem("%s: the group %q is linked into every unit, whatever its tags; begin its file with //go:build !only || %s", g.at, g.name, g.name)
		case !f.linked():
			c.problem("%s: a build without the tag only leaves out the group %q; begin its file with //go:build !only || %s", g.at, g.name, g.name)
		}
	}
}

// checkConstraint finds tags that bring a file back which only has left out, and
// that no unit is built with.
func (c *tagChecker) checkConstraint(f sourceFile) {
	if !slices.Contains(f.tags, "only") || f.linked("only") {
		return
	}
	for i, tag := range f.tags {
		if slices.Contains(c.groups, tag) || c.registered[tag] || slices.Contains(f.tags[:i], tag) || !f.linked("only", tag) {
			continue
		}
		c.problem("%s:%d: the tag %q of this //go:build line links nothing: no group has that name%s", f.name, f.line, tag, grain.Suggest(tag, c.groups))
	}
}
