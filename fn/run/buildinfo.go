//go:build !lambda

package run

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
)

// buildInfo is how the program that runs was built.
type buildInfo struct {
	pkg  string   // the import path of the main package
	tags []string // of the build
}

// thisBuild reads what the go command noted in the program.
func thisBuild() buildInfo {
	b := buildInfo{pkg: mainPackage()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			b.tags = strings.FieldsFunc(s.Value, func(r rune) bool { return r == ',' || r == ' ' })
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

// whole refuses a program that has only some groups: what it would say of the
// app, of units and of calls would be wrong.
func (b buildInfo) whole() error {
	if !slices.Contains(b.tags, "only") {
		return nil
	}
	return fmt.Errorf("this program was built with -tags %s and has only some groups of the app; build it without the tag only", strings.Join(b.tags, ","))
}

// without leaves out the tags that are groups of the app. The program has them all
// anyway; a unit that is built with the tag of another group would have that too.
func (b buildInfo) without(groups []string) buildInfo {
	b.tags = slices.DeleteFunc(slices.Clone(b.tags), func(tag string) bool { return slices.Contains(groups, tag) })
	return b
}

// with returns a unit's tags and those of this build, in which its functions were found.
func (b buildInfo) with(tags []string) []string {
	all := slices.Clone(tags)
	for _, tag := range b.tags {
		if !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	return all
}
