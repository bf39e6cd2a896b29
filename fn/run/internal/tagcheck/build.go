package tagcheck

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/buildtag"
)

// Build is how a program was built.
type Build struct {
	Package string // the import path of the main package
	Tags    []string
}

// ThisBuild reads what the go command noted in the program that runs.
func ThisBuild() Build {
	b := Build{Package: mainPackage()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			b.Tags = strings.FieldsFunc(s.Value, func(r rune) bool { return r == ',' || r == ' ' })
		}
	}
	return b
}

// mainPackage is the import path of the program, "." when the build did not
// note it, as with go run and a list of files.
func mainPackage() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Path == "" || info.Path == "command-line-arguments" || strings.HasSuffix(info.Path, ".test") {
		return "."
	}
	return info.Path
}

// Whole refuses a program that has only some groups: what it would say of the
// app, of units and of calls would be wrong.
func (b Build) Whole() error {
	if !slices.Contains(b.Tags, buildtag.Only) {
		return nil
	}
	return fmt.Errorf("this program was built with -tags %s and has only some groups of the app; build it without the tag only", strings.Join(b.Tags, ","))
}

// Without leaves out the tags that are groups of the app. The program has them all
// anyway; a unit that is built with the tag of another group would have that too.
func (b Build) Without(groups []string) Build {
	b.Tags = slices.DeleteFunc(slices.Clone(b.Tags), func(tag string) bool { return slices.Contains(groups, tag) })
	return b
}

// With returns a unit's tags and those of this build, in which its functions were found.
func (b Build) With(tags []string) []string {
	all := slices.Clone(tags)
	for _, tag := range b.Tags {
		if !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	return all
}

// SelectsNothing says that the tag of a group stands without the tag only, which
// alone leaves out the others.
func (b Build) SelectsNothing(functions []fn.Function) string {
	var groups []string
	for _, f := range functions {
		if slices.Contains(b.Tags, f.Group()) && !slices.Contains(groups, f.Group()) {
			groups = append(groups, f.Group())
		}
	}
	if len(groups) == 0 || slices.Contains(b.Tags, buildtag.Only) {
		return ""
	}
	return fmt.Sprintf("this program was built with -tags %s and has every group all the same: a group's tag selects only together with the tag only; build it with -tags only,%s for less",
		strings.Join(b.Tags, ","), strings.Join(groups, ","))
}
