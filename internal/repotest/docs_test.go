package repotest

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPublicPackagesAreDocumented(t *testing.T) {
	r := load(t, root)
	for _, p := range publicPackages(r) {
		t.Run(p.Dir, func(t *testing.T) { report(t, CheckDocs(r, p)) })
	}
}

func TestCheckDocs(t *testing.T) {
	const program = "// Package m is whole:\n//\n//\tpackage main\n//\n//\tfunc main() {}\n"
	const example = "-- e_test.go --\npackage m\nfunc ExampleF() {\n// Output: 1\n}\n"
	for name, c := range map[string]struct {
		tree string
		want []string
	}{
		"all is there": {
			tree: example + "-- a.go --\n" + program + "package m\n// F is.\nfunc F() {}\nfunc f() {}\ntype t struct{ X int }\nfunc (t) M() {}\n",
		},
		"nothing is there": {
			tree: "-- a.go --\npackage m\nfunc F() {}\ntype T struct{}\nfunc (*T) M() {}\nconst C = 1\n",
			want: []string{"a.go:2: F is exported", "a.go:3: T is", "a.go:4: T.M is", "a.go:5: C is",
				".: the package comment shows no program", ".: no test file has an Example"},
		},
		"a program in prose is none": {
			tree: example + "-- a.go --\n// Package m has a func main() of its own.\npackage m\n",
			want: []string{"shows no program"},
		},
		"an example without output is not run": {
			tree: "-- e_test.go --\npackage m\nfunc ExampleF() {\n}\n// Output: 1\n-- a.go --\n" + program + "package m\n",
			want: []string{"no test file has an Example"},
		},
		"a group of constants shares a comment, a group of types does not stand for fields": {
			tree: example + "-- a.go --\n" + program + `package m
// The codes.
const (
	A = 1
	B = 2
)
var (
	ErrA error // when a
	ErrB error
)
// T is an E.
type T struct {
	// A and B are.
	A int
	B int

	C int // is
	D int
	E int
	F
	Kind Kind
	d int
}
// I is.
type I interface {
	M() // is called
	N(
		a int,
	)
}
`,
			want: []string{"ErrB is", "T.D is", "I.N is"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := load(t, tree(t, c.tree))
			same(t, CheckDocs(r, r.Package(".")), c.want)
		})
	}
}

// Modules that help tests only. Whoever imports this one would carry them in
// the go.sum and answer for them in audits.
var testModules = []string{
	"github.com/stretchr/...", "github.com/onsi/...", "github.com/google/go-cmp",
	"github.com/golang/mock", "go.uber.org/mock", "gotest.tools/...",
}

func TestDirectDependenciesAreExplained(t *testing.T) {
	gomod := read(t, "go.mod")
	report(t, CheckModules(gomod, read(t, "docs/dependencies.md"), testModules))
}

func TestCheckModules(t *testing.T) {
	const gomod = "module m\n\ngo 1.26.0\n\nrequire (\n\tx.org/a v1.0.0\n\tx.org/ab v1.0.0\n\tx.org/b v1.0.0 // indirect\n)\n\nrequire x.org/c v1.0.0\n"
	same(t, CheckModules(gomod, "| `x.org/ab` |", []string{"x.org/b"}), []string{
		"go.mod: requires x.org/a, which has no row",
		"go.mod: requires x.org/b, which every importer would carry",
		"go.mod: requires x.org/c, which has no row",
	})
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
