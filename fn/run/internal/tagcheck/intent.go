package tagcheck

import (
	"slices"

	"github.com/anygrain/anygrain/internal/buildtag"
	"github.com/anygrain/anygrain/internal/suggest"
)

// isMeantFor reports whether a file that registers a group, or one that imports its package,
// has a build constraint which is meant for the group: with the tag only, with the group's
// own, or with one that is spelled like it. Other tags leave a group out on purpose.
func (p *program) isMeantFor(pkg *sourcePackage, f *sourceFile, group string) bool {
	if mean(f.tags, group) {
		return true
	}
	for _, other := range p.sorted() {
		for _, importer := range other.files {
			if other.own && slices.Contains(importer.imports, pkg.path) && mean(importer.tags, group) {
				return true
			}
		}
	}
	return false
}

// mean reports whether the tags of a constraint are meant for the group.
func mean(tags []string, group string) bool {
	return slices.Contains(tags, buildtag.Only) || slices.Contains(tags, group) || slices.ContainsFunc(tags, func(tag string) bool {
		return len(group) >= minSimilar && !hasMeaning(tag) && suggest.Name(tag, []string{group}) != ""
	})
}

// minSimilar is the length from which on two names that are alike are probably meant to be one.
const minSimilar = 4

// hasMeaning reports whether a tag is one of the toolchain's or of this framework, or one
// that many programs have: some group's name may be like it by chance.
func hasMeaning(tag string) bool {
	return buildtag.Meaning(tag) != "" || slices.Contains(customary, tag)
}

var customary = []string{"tools", "dev", "debug", "test", "e2e", "integration"}
