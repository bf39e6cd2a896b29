package tagcheck

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
	"github.com/anygrain/anygrain/internal/buildtag"
	"github.com/anygrain/anygrain/internal/suggest"
)

// Check holds the source of the program against the description of its app: whether
// each build links the groups that it is for. Unknown is what only a run of the builds
// could tell; the error says that the source is not there.
func Check(ctx context.Context, b Build, d *fn.Description, units []grain.Unit) (problems, unknown []string, err error) {
	builds := buildsOf(d, units)
	p, err := readProgram(ctx, b, builds)
	if err != nil {
		return nil, nil, err
	}
	problems, unknown = checkTags(d, builds, p)
	return problems, unknown, nil
}

// LeftOut lists what Check does, if a unit would lack a function for it. A tag
// that links too much is no hindrance: the Handler setting narrows the unit.
func LeftOut(ctx context.Context, b Build, d *fn.Description, units []grain.Unit) ([]string, error) {
	builds := buildsOf(d, units)
	p, err := readProgram(ctx, b, builds)
	if err != nil {
		return nil, err
	}
	return leftOut(d, units, builds, p), nil
}

// Groups lists the groups that have functions, which are those that need a tag.
func Groups(d *fn.Description) []string {
	var groups []string
	for _, f := range d.Functions {
		if !slices.Contains(groups, f.Group()) {
			groups = append(groups, f.Group())
		}
	}
	return groups
}

// buildsOf lists the builds to look into, by their tags: of everything, of the tag
// only alone, of every group, and of the units with several groups.
func buildsOf(d *fn.Description, units []grain.Unit) [][]string {
	builds := [][]string{{}, {buildtag.Only}}
	for _, g := range Groups(d) {
		builds = append(builds, []string{buildtag.Only, g})
	}
	for _, u := range units {
		build := append([]string{buildtag.Only}, u.Groups...)
		if slices.Contains(u.Tags, buildtag.Only) && !slices.ContainsFunc(builds, func(b []string) bool { return slices.Equal(b, build) }) {
			builds = append(builds, build)
		}
	}
	return builds
}

// checkTags holds the program against the groups: what each build registers and
// leaves out. Unknown is what only a run of the build could tell.
func checkTags(d *fn.Description, builds [][]string, p *program) (problems, unknown []string) {
	c := newTagChecker(d, p)
	known := append(p.registrations(d, c.groups), c.others()...)
	for _, r := range known {
		c.checkGroup(r)
	}
	for _, tags := range builds {
		if len(tags) > 2 {
			c.checkUnit(tags, known)
		}
	}
	for _, pkg := range p.sorted() {
		for _, f := range pkg.files {
			if pkg.own {
				c.checkConstraint(f)
			}
		}
	}
	return c.problems, c.unknown
}

type tagChecker struct {
	program   *program
	groups    []string        // of the app
	unused    map[string]bool // groups that a file registers, and that the app has no function of
	all, none fileSet         // by the builds without the tag only, and with that alone
	problems  []string
	unknown   []string
}

func newTagChecker(d *fn.Description, p *program) *tagChecker {
	return &tagChecker{program: p, groups: Groups(d), unused: map[string]bool{}, all: p.filesOf(), none: p.filesOf(buildtag.Only)}
}

// leftOut is LeftOut of a program that has been read.
func leftOut(d *fn.Description, units []grain.Unit, builds [][]string, p *program) []string {
	c := newTagChecker(d, p)
	known := p.registrations(d, c.groups)
	for _, tags := range builds {
		if len(tags) > 2 {
			c.checkUnit(tags, known)
		}
	}
	lacks := len(c.problems) > 0 || slices.ContainsFunc(known, func(r *registration) bool {
		has, sure := r.has(p.filesOf(buildtag.Only, r.group))
		return len(r.places) > 0 && sure && !has && slices.ContainsFunc(units, func(u grain.Unit) bool { return builtFor(u, r.group) })
	})
	lacks = lacks || slices.ContainsFunc(c.others(), func(r *registration) bool {
		has, sure := r.has(c.all)
		return sure && !has
	})
	if !lacks {
		return nil
	}
	all, _ := checkTags(d, builds, p)
	return all
}

// builtFor reports whether the unit is built with the group's tag.
func builtFor(u grain.Unit, group string) bool {
	return slices.Contains(u.Tags, buildtag.Only) && slices.Contains(u.Groups, group)
}

func (c *tagChecker) problem(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(c.problems, text) {
		c.problems = append(c.problems, text)
	}
}

// others finds the groups that the program that runs does not have, and that a
// file registers which is meant for them: the build has left it out.
func (c *tagChecker) others() []*registration {
	var all []*registration
	for _, pkg := range c.program.sorted() {
		for _, f := range pkg.files {
			for _, call := range f.calls {
				if pkg.own && call.group != "" && !slices.Contains(c.groups, call.group) && c.program.isMeantFor(pkg, f, call.group) {
					c.unused[call.group] = true
					all = append(all, &registration{group: call.group, places: []callInFile{{call, f}}, sure: true})
				}
			}
		}
	}
	return all
}

// checkGroup checks that a group is registered in the build with its tag and in
// the one of everything, and not with the tag only alone.
func (c *tagChecker) checkGroup(r *registration) {
	g := r.group
	if len(r.places) == 0 {
		if len(c.groups) > 1 { // one group is linked anyway
			c.problem("the group %q is linked into every unit: no file of the program registers it with Group(%q, …); do that in a file of its own with //go:build !only || %s", g, g, g)
		}
		return
	}
	own := c.program.filesOf(buildtag.Only, g)
	inOwn, known1 := r.has(own)
	inNone, known2 := r.has(c.none)
	inAll, known3 := r.has(c.all)
	switch {
	case !(known1 && known2 && known3):
		c.unknown = append(c.unknown, fmt.Sprintf("%s: the build tag of the group %q is not checked: which of these calls registers it is not written there, and builds have some of them; "+
			"call Group with the name, or Add with fn.New, for it to be", r.at(), g))
	case !inOwn:
		c.problem("%s: no build selects the group %q: -tags only,%s %s //go:build !only || %s", r.at(), g, g, r.why(buildtag.Only, g), g)
	case inNone && len(c.groups) > 1:
		c.problem("%s: the group %q is linked into every unit, whatever its tags; register it in a file of its own that begins with //go:build !only || %s", r.at(), g, g)
	case !inAll:
		c.problem("%s: a build without the tag only leaves out the group %q; register it in a file of its own that begins with //go:build !only || %s", r.at(), g, g)
	}
}

// checkUnit checks that a unit with several groups has each that it would have alone.
func (c *tagChecker) checkUnit(tags []string, registrations []*registration) {
	built := c.program.filesOf(tags...)
	for _, r := range registrations {
		if len(r.places) == 0 || !slices.Contains(tags, r.group) {
			continue
		}
		has, known := r.has(built)
		if alone, _ := r.has(c.program.filesOf(buildtag.Only, r.group)); known && alone && !has {
			c.problem("%s: -tags %s leave out the group %q, which -tags only,%s have; register it in a file of its own that begins with //go:build !only || %s",
				r.at(), strings.Join(tags, ","), r.group, r.group, r.group)
		}
	}
}

// checkConstraint finds tags that bring a file back which only has left out, and
// that no unit is built with.
func (c *tagChecker) checkConstraint(f *sourceFile) {
	if !slices.Contains(f.tags, buildtag.Only) || f.matches(buildtag.Only) {
		return
	}
	for i, tag := range f.tags {
		if slices.Contains(c.groups, tag) || c.unused[tag] || slices.Contains(f.tags[:i], tag) || !f.matches(buildtag.Only, tag) {
			continue
		}
		c.problem("%s:%d: the tag %q of this //go:build line links nothing: no group has that name%s", f.name, f.line, tag, suggest.Name(tag, c.groups))
	}
}
