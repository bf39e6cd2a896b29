package tagcheck

import (
	"slices"

	"github.com/anygrain/anygrain/fn/internal/suggest"
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
	return slices.Contains(tags, "only") || slices.Contains(tags, group) || slices.ContainsFunc(tags, func(tag string) bool {
		return len(group) >= minSimilar && !slices.Contains(knownTags, tag) && suggest.Name(tag, []string{group}) != ""
	})
}

// minSimilar is the length from which on two names that are alike are probably meant to be one.
const minSimilar = 4

// knownTags are short tags of the toolchain and of this framework that some group's name may be like.
var knownTags = []string{"lambda", "cgo", "gc", "race", "js", "ios", "aix", "arm", "arm64", "amd64", "386", "unix", "linux", "wasm", "ignore", "tools", "dev", "debug", "test", "e2e", "integration"}
