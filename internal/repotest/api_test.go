package repotest

import (
	"errors"
	"flag"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the exported API as it is now to api/*.txt")

const updateAPI = "go test ./internal/repotest -run TestAPI -update"

// publicPackages are those that an importer can import and that are no program.
func publicPackages(r *Repo) []*Package {
	var public []*Package
	for _, p := range r.Packages {
		internal := strings.Contains("/"+p.Dir+"/", "/internal/")
		if !internal && !matches(p.Dir, []string{"benchmarks/...", "examples/...", "cmd/..."}) && len(p.Sources()) > 0 {
			public = append(public, p)
		}
	}
	return public
}

// apiFile is where a package's API text stands: fn/fnhttp in api/fn-fnhttp.txt.
func apiFile(p *Package) string {
	return filepath.Join(root, "api", strings.ReplaceAll(p.Dir, "/", "-")+".txt")
}

// A change of the exported API is a change of a text file, which a review sees.
func TestAPI(t *testing.T) {
	known := map[string]bool{}
	for _, p := range publicPackages(load(t, root)) {
		known[filepath.Base(apiFile(p))] = true
		t.Run(p.Dir, func(t *testing.T) { checkAPI(t, p) })
	}
	texts, err := filepath.Glob(filepath.Join(root, "api", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if base := filepath.Base(text); !known[base] {
			t.Errorf("%s is of a package that does not exist; delete it if the package went on purpose", path.Join("api", base))
		}
	}
}

func checkAPI(t *testing.T, p *Package) {
	now, file := API(p), apiFile(p)
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(now), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; write it: %s", err, updateAPI)
	}
	if diff := DiffLines(string(old), now); len(diff) > 0 {
		t.Errorf("the exported API of %s is not what api/%s says:\n%s\nIf users can live with it, write it down: %s",
			p.Dir, filepath.Base(file), strings.Join(diff, "\n"), updateAPI)
	}
}

func TestAPIText(t *testing.T) {
	r := load(t, tree(t, `
-- a.go --
// Package m has one of each.
package m

import "context"

// Comments are left out.
const (
	First Code = iota // here too
	Second
	third
	Fourth
)

const Name, other = "m", "x"

type Code int

type Alias = Code

type Handler[In, Out any] func(ctx context.Context, in In) (Out, error)

type Box[T comparable] struct {
	Code
	A, B   int `+"`json:\"a\"`"+`
	hidden int
	Run    func(
		a int,
	) error
}

type Invoker interface {
	Handler[int, int]
	Invoke(ctx context.Context, in ...string) error
	sealed()
}

type small struct{ Shown int }

var ErrGone error = nil

func New[T any](name string, opts ...func(*T)) (*T, error) { return nil, nil }

func unexported() {}

func (b *Box[T]) Get(i int) T { panic(1) }

func (s small) Shown2() {}
-- b.go --
//go:build lambda

package m

func New[T any](name string, opts ...func(*T)) (*T, error) { return nil, nil }
-- a_test.go --
package m

func InTest() {}
`))
	const want = `const First Code = iota (iota = 0)
const Fourth Code = iota (iota = 3)
const Name = "m"
const Second Code = iota (iota = 1)
func New[T any](name string, opts ...func(*T)) (*T, error)
method (*Box[T]) Get(i int) T
type Alias = Code
type Box[T comparable] struct
type Box[T comparable] struct, A int ` + "`json:\"a\"`" + `
type Box[T comparable] struct, B int ` + "`json:\"a\"`" + `
type Box[T comparable] struct, Code
type Box[T comparable] struct, Run func(a int) error
type Box[T comparable] struct, unexported members
type Code int
type Handler[In, Out any] func(ctx context.Context, in In) (Out, error)
type Invoker interface
type Invoker interface, Handler[int, int]
type Invoker interface, Invoke(ctx context.Context, in ...string) error
type Invoker interface, unexported members
var ErrGone error
`
	got := API(r.Package("."))
	for _, line := range DiffLines(want, got) {
		t.Error(line)
	}
	if got != want {
		t.Errorf("the order or the repetition of lines differs:\n%s", got)
	}
}

func TestDiffLines(t *testing.T) {
	got := strings.Join(DiffLines("a\nb\nc\n", "a\nc\nd\n"), "|")
	if want := "- b|+ d"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
