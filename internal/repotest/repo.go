// Package repotest checks the repository itself: who imports whom, what a
// library may not do, the exported API, its documentation, and the words and
// links of its files.
//
// It parses the files as they are on disk and asks no go command for them.
// The test cache records the files that a test opens, so a cached pass never
// hides a rule that was broken since; the answer of a subprocess would.
package repotest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// Repo is a repository's Go packages, parsed, those of nested modules too.
type Repo struct {
	Root     string // the directory with go.mod
	Module   string // the path of the module there
	Packages []*Package
	Fset     *token.FileSet
}

// Package is the Go files of one directory, whatever their build tags say.
type Package struct {
	Dir   string // relative to the root, with slashes; "." is the root
	Files []*File
}

// File is one parsed Go file.
type File struct {
	Name string // relative to the root, with slashes
	Test bool   // whether its name ends in _test.go
	AST  *ast.File
}

// Problem is one broken rule. Its text says what was seen, what was expected
// and what to do.
type Problem struct {
	Where string // "fn/app.go:12", or a file or package when there is no line
	Text  string
}

// String returns the problem as one line.
func (p Problem) String() string { return p.Where + ": " + p.Text }

var moduleLine = regexp.MustCompile(`(?m)^module\s+(\S+)`)

// Load parses every Go file under root.
func Load(root string) (*Repo, error) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, err
	}
	name := moduleLine.FindSubmatch(mod)
	if name == nil {
		return nil, fmt.Errorf("%s has no module line", filepath.Join(root, "go.mod"))
	}
	r := &Repo{Root: root, Module: string(name[1]), Fset: token.NewFileSet()}
	return r, r.loadDir(".")
}

// loadDir parses the package in dir, then those below it.
func (r *Repo) loadDir(dir string) error {
	entries, err := os.ReadDir(filepath.Join(r.Root, filepath.FromSlash(dir)))
	if err != nil {
		return err
	}
	pkg := &Package{Dir: dir}
	var below []error
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case e.IsDir() && !ignoredDir(e.Name()):
			below = append(below, r.loadDir(name))
		case !e.IsDir() && strings.HasSuffix(name, ".go"):
			below = append(below, r.loadFile(pkg, name))
		}
	}
	if len(pkg.Files) > 0 {
		r.Packages = append(r.Packages, pkg)
	}
	return errors.Join(below...)
}

// ignoredDir reports what the go command ignores too.
func ignoredDir(name string) bool {
	return name == "testdata" || name == "vendor" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

func (r *Repo) loadFile(pkg *Package, name string) error {
	src, err := os.ReadFile(filepath.Join(r.Root, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	f, err := parser.ParseFile(r.Fset, name, src, parser.ParseComments)
	if err != nil {
		return err
	}
	pkg.Files = append(pkg.Files, &File{Name: name, Test: strings.HasSuffix(name, "_test.go"), AST: f})
	return nil
}

// Package returns the package in dir, nil when there is none.
func (r *Repo) Package(dir string) *Package {
	for _, p := range r.Packages {
		if p.Dir == dir {
			return p
		}
	}
	return nil
}

// Own returns the directory of an imported package of this repository.
func (r *Repo) Own(importPath string) (dir string, ok bool) {
	if importPath == r.Module {
		return ".", true
	}
	return strings.CutPrefix(importPath, r.Module+"/")
}

// Where returns the place of a node as "file:line".
func (r *Repo) Where(n ast.Node) string {
	at := r.Fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", at.Filename, at.Line)
}

// Sources are the package's files without its tests.
func (p *Package) Sources() []*File {
	var files []*File
	for _, f := range p.Files {
		if !f.Test {
			files = append(files, f)
		}
	}
	return files
}

// under reports whether dir is root or below it.
func under(dir, root string) bool {
	return dir == root || strings.HasPrefix(dir, root+"/")
}

// matches reports whether a name is one of the patterns: a name, or a tree
// written as "name/...".
func matches(name string, patterns []string) bool {
	for _, p := range patterns {
		if tree, ok := strings.CutSuffix(p, "/..."); ok && under(name, tree) || name == p {
			return true
		}
	}
	return false
}
