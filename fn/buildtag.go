package fn

import "slices"

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
