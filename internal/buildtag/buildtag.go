// Package buildtag has the build tags that mean something in anygrain, and those that
// the Go toolchain gives a meaning: what a group cannot be called, and what a unit is
// built with.
package buildtag

import "slices"

// Only leaves out the files of all groups but those whose tags stand beside it.
const Only = "only"

// QuickRules leaves go-playground/validator out of a unit that would never ask it
// (docs/dependencies.md).
const QuickRules = "quickrules"

// lambda chooses the host.
const lambda = "lambda"

// The tags that make a Lambda binary small: without the client of a retired runtime,
// and without what keeps every exported method of a program (docs/dependencies.md).
const (
	noRPC        = "lambda.norpc"
	noValidateFn = "validator_novalidatefn"
)

// Unit lists the tags of every build of a unit; a unit of some groups has Only and their
// names behind them.
func Unit() []string { return []string{lambda, noRPC, noValidateFn} }

// The words that go/build satisfies by itself (go/build "Build Constraints",
// internal/syslist).
var (
	systems = []string{"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js",
		"linux", "nacl", "netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos", "unix"}
	machines = []string{"386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle",
		"ppc64", "ppc64le", "riscv64", "s390x", "wasm", "armbe", "arm64be", "amd64p32", "riscv", "sparc", "sparc64"}
	toolchain = []string{"cgo", "gc", "gccgo", "race", "msan", "asan", "ignore", "purego", "netgo", "netcgo",
		"osusergo", "timetzdata", "faketime", "boringcrypto", "goexperiment", "compiler_bootstrap",
		"go1"} // the others of its kind have a dot: go1.26
)

// Meaning says what the tag means already, "" when it is free.
func Meaning(tag string) string {
	switch {
	case slices.Contains(systems, tag):
		return "an operating system"
	case slices.Contains(machines, tag):
		return "an architecture"
	case slices.Contains(toolchain, tag):
		return "set by the Go toolchain or read by the standard library"
	case tag == lambda, tag == Only:
		return "chooses the host or the cut in anygrain"
	case tag == QuickRules:
		return "in the builds of units whose rules are all simple"
	case slices.Contains(Unit(), tag):
		return "in every build of a unit"
	}
	return ""
}
