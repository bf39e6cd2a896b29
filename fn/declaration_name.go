package fn

import (
	"slices"
	"strings"
)

// A unit checks the names of all its functions when it starts, so that these are
// no regular expressions: to compile one costs more than to check a hundred names.

// isFunctionName reports whether the name is "group.function": the function's own
// is letters, digits, underscores and hyphens, starting with a letter.
func isFunctionName(name string) bool {
	group, own, ok := strings.Cut(name, ".")
	return ok && isGroupName(group) && own != "" && isLetter(own[0]) && !strings.ContainsFunc(own, func(c rune) bool {
		return !(c < 0x80 && (isLetter(byte(c)) || isDigit(byte(c)) || c == '_' || c == '-'))
	})
}

// isGroupName reports whether the name is lower-case letters, digits and
// underscores, starting with a letter.
func isGroupName(name string) bool {
	if name == "" || isDigit(name[0]) || name[0] == '_' {
		return false
	}
	return !strings.ContainsFunc(name, func(c rune) bool { return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') })
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// goVersionTag is the one release tag that a group could be called by: the others,
// such as go1.26, have a dot.
const goVersionTag = "go1"

// The words that go/build satisfies by itself (go/build "Build Constraints",
// internal/syslist), and those that this framework gives a meaning.
var (
	goSystems = []string{"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js",
		"linux", "nacl", "netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos", "unix"}
	goMachines = []string{"386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle",
		"ppc64", "ppc64le", "riscv64", "s390x", "wasm", "armbe", "arm64be", "amd64p32", "riscv", "sparc", "sparc64"}
	goBuilds = []string{"cgo", "gc", "gccgo", "race", "msan", "asan", "ignore", "purego", "netgo", "netcgo",
		"osusergo", "timetzdata", "faketime", "boringcrypto", "goexperiment", "compiler_bootstrap"}
	ourTags = []string{"lambda", "only"}
)

// goBuildTag says what the tag means already, "" when it is free.
func goBuildTag(name string) string {
	switch {
	case slices.Contains(goSystems, name):
		return "an operating system"
	case slices.Contains(goMachines, name):
		return "an architecture"
	case slices.Contains(goBuilds, name), name == goVersionTag:
		return "set by the Go toolchain or read by the standard library"
	case name == "validator_novalidatefn":
		return "in every build of a unit"
	case slices.Contains(ourTags, name):
		return "chooses the host or the cut in anygrain"
	}
	return ""
}
