package tagcheck

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/internal/buildtag"
	"github.com/anygrain/anygrain/internal/funcname"
)

// sourceFile is a file of the program: when it is built, what it imports, and
// where it registers functions.
type sourceFile struct {
	path    string
	name    string // for messages: relative to the working directory
	text    []byte
	line    int      // of the build constraint
	tags    []string // that the constraint asks for
	extra   []string // the tags of this build, which every build has
	imports []string
	calls   []registerCall

	built map[string]bool // by the tags that the constraint asks for
}

// registerCall is a call of App.Group or App.Add.
type registerCall struct {
	group    string // "" when it is not known without running the program
	at       string // file:line
	from, to int    // lines
}

// readDir reads the files of a package, also those that this build leaves out.
func readDir(dir string, extra []string) ([]*sourceFile, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []*sourceFile
	var parsed []*ast.File
	constants := map[string]string{}
	set := token.NewFileSet()
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f := &sourceFile{path: filepath.Join(dir, e.Name()), extra: extra, built: map[string]bool{}}
		p, err := f.parse(set)
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		collectConstants(p, constants)
		files, parsed = append(files, f), append(parsed, p)
	}
	for i, f := range files {
		f.readConstraint(parsed[i], set)
		f.readCalls(parsed[i], set, constants)
	}
	return files, nil
}

// parse reads the file. It returns nothing for one that is no Go and that no
// build of this program has: a template, for instance.
func (f *sourceFile) parse(set *token.FileSet) (*ast.File, error) {
	var err error
	f.name = relative(f.path)
	if f.text, err = os.ReadFile(f.path); err != nil {
		return nil, err
	}
	parsed, err := parser.ParseFile(set, f.path, f.text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		if f.match() {
			return nil, err
		}
		return nil, nil
	}
	for _, i := range parsed.Imports {
		if path, ok := literal(i.Path); ok {
			f.imports = append(f.imports, path)
		}
	}
	return parsed, nil
}

// relative is the path as it can be opened from here.
func relative(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if short, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(short) {
		return short
	}
	return path
}

// collectConstants notes the texts that the constants of a package stand for.
func collectConstants(file *ast.File, constants map[string]string) {
	for _, declaration := range file.Decls {
		d, ok := declaration.(*ast.GenDecl)
		if !ok || d.Tok != token.CONST {
			continue
		}
		for _, spec := range d.Specs {
			s := spec.(*ast.ValueSpec)
			for i, value := range s.Values {
				if text, ok := literal(value); ok && i < len(s.Names) {
					constants[s.Names[i].Name] = text
				}
			}
		}
	}
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}

func (f *sourceFile) readConstraint(parsed *ast.File, set *token.FileSet) {
	for _, group := range parsed.Comments {
		for _, comment := range group.List {
			if comment.Pos() > parsed.Package || !constraint.IsGoBuild(comment.Text) && !constraint.IsPlusBuild(comment.Text) {
				continue
			}
			if expr, err := constraint.Parse(comment.Text); err == nil { // else the compiler says so
				f.tags, f.line = append(f.tags, tagsOf(expr)...), set.Position(comment.Pos()).Line
			}
		}
	}
}

// readCalls finds what registers functions.
func (f *sourceFile) readCalls(parsed *ast.File, set *token.FileSet, constants map[string]string) {
	ast.Inspect(parsed, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		from, to := set.Position(call.Pos()).Line, set.Position(call.End()).Line
		r := registerCall{at: fmt.Sprintf("%s:%d", f.name, from), from: from, to: to}
		if methodOf(call) == "Add" && couldAdd(call) {
			f.calls = append(f.calls, r)
		}
		if name := groupArgument(call); name != nil {
			// Routers have a method Group too, and give it paths.
			if name, known := nameIn(name, constants); !known || funcname.IsGroup(name) {
				r.group = name
				f.calls = append(f.calls, r)
			}
		}
		return true
	})
}

// groupArgument returns the name in app.Group("orders", newOrders, …) and in
// fn.AddGroup(app, "orders", newOrders, …), nil for other calls.
func groupArgument(call *ast.CallExpr) ast.Expr {
	switch method := methodOf(call); {
	case method == "Group" && len(call.Args) >= 2:
		return call.Args[0]
	case method == "AddGroup" && len(call.Args) >= 3:
		return call.Args[1]
	}
	return nil
}

// nameIn returns the text that an argument is: written there, or a constant of the package.
func nameIn(argument ast.Expr, constants map[string]string) (name string, known bool) {
	if constant, ok := argument.(*ast.Ident); ok {
		name, known = constants[constant.Name]
		return name, known
	}
	return literal(argument)
}

// couldAdd tells the Add of an app from that of a counter.
func couldAdd(call *ast.CallExpr) bool {
	if len(call.Args) == 0 {
		return false
	}
	_, number := call.Args[0].(*ast.BasicLit)
	return !number
}

// methodOf returns the name of the method or of another package's function that is called: "Group"
// of app.Group("orders", newOrders), "AddGroup" of fn.AddGroup[Config, Section](app, "orders", newOrders).
func methodOf(call *ast.CallExpr) string {
	called := call.Fun
	if typed, ok := called.(*ast.IndexListExpr); ok {
		called = typed.X
	}
	if method, ok := called.(*ast.SelectorExpr); ok {
		return method.Sel.Name
	}
	return ""
}

// matches reports whether a Lambda build with these tags has the file when it has
// its package, by its constraint and by its name (orders_windows.go).
func (f *sourceFile) matches(tags ...string) bool {
	var asked []string
	for _, tag := range f.tags {
		if slices.Contains(tags, tag) {
			asked = append(asked, tag)
		}
	}
	key := strings.Join(asked, ",")
	matched, known := f.built[key]
	if !known {
		matched = f.match(asked...)
		f.built[key] = matched
	}
	return matched
}

func (f *sourceFile) match(tags ...string) bool {
	lambda := build.Default
	lambda.GOOS, lambda.GOARCH, lambda.CgoEnabled = "linux", "arm64", false
	lambda.BuildTags = slices.Concat(buildtag.Unit(), f.extra, tags)
	lambda.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.text)), nil }
	matched, err := lambda.MatchFile(filepath.Dir(f.path), filepath.Base(f.path))
	return err == nil && matched && !slices.Contains(f.imports, "C") // which needs cgo
}

// tagsOf lists what a constraint asks for.
func tagsOf(e constraint.Expr) []string {
	switch e := e.(type) {
	case *constraint.TagExpr:
		return []string{e.Tag}
	case *constraint.NotExpr:
		return tagsOf(e.X)
	case *constraint.AndExpr:
		return append(tagsOf(e.X), tagsOf(e.Y)...)
	case *constraint.OrExpr:
		return append(tagsOf(e.X), tagsOf(e.Y)...)
	}
	return nil
}
