//go:build !lambda

package run

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// sourceFile is a file of the program: the tags of its build constraint, and the
// groups that it registers.
type sourceFile struct {
	path   string
	name   string // for messages: relative to the working directory
	line   int    // of the constraint
	tags   []string
	groups []groupCall
	extra  []string // the tags of this build, which every build has
}

// groupCall is one call of App.Group.
type groupCall struct {
	name string // "" when it is not known without running the program
	at   string // file:line
}

// readSource parses the packages of the program that belong to its module, also
// the files that this build leaves out.
func readSource(ctx context.Context, b buildInfo) ([]sourceFile, error) {
	args := []string{"list", "-deps", "-f", "{{if .Module}}{{if .Module.Main}}{{.Dir}}{{end}}{{end}}"}
	if len(b.tags) > 0 {
		args = append(args, "-tags", strings.Join(b.tags, ","))
	}
	out, err := exec.CommandContext(ctx, "go", append(args, b.pkg)...).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
		}
		return nil, fmt.Errorf("the go command does not find the source of %s; run check in its module: %w", b.pkg, err)
	}
	var files []sourceFile
	for dir := range strings.Lines(string(out)) {
		if dir = strings.TrimSpace(dir); dir == "" {
			continue
		}
		inDir, err := readDir(dir, b.tags)
		if err != nil {
			return nil, err
		}
		files = append(files, inDir...)
	}
	return files, nil
}

func readDir(dir string, extra []string) ([]sourceFile, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []sourceFile
	constants := map[string]string{}
	var parsed []*ast.File
	set := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		p, err := parser.ParseFile(set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, p)
		collectConstants(p, constants)
		files = append(files, sourceFile{path: name, name: relative(name), extra: extra})
	}
	for i := range files {
		files[i].readConstraint(parsed[i], set)
		files[i].readGroups(parsed[i], set, constants)
	}
	return files, nil
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
			if comment.Pos() > parsed.Package || !constraint.IsGoBuild(comment.Text) {
				continue
			}
			if expr, err := constraint.Parse(comment.Text); err == nil { // else the compiler says so
				f.tags, f.line = tagsOf(expr), set.Position(comment.Pos()).Line
			}
		}
	}
}

func (f *sourceFile) readGroups(parsed *ast.File, set *token.FileSet, constants map[string]string) {
	ast.Inspect(parsed, func(n ast.Node) bool {
		if argument, ok := groupArgument(n); ok {
			f.addGroup(argument, constants, fmt.Sprintf("%s:%d", f.name, set.Position(n.Pos()).Line))
		}
		return true
	})
}

// couldBeGroup is what fn takes as a group's name. Routers have a method Group
// too, and give it paths.
var couldBeGroup = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func (f *sourceFile) addGroup(argument ast.Expr, constants map[string]string, at string) {
	name, known := literal(argument)
	if constant, ok := argument.(*ast.Ident); ok {
		name, known = constants[constant.Name]
	}
	switch {
	case !known:
		f.groups = append(f.groups, groupCall{at: at})
	case couldBeGroup.MatchString(name):
		f.groups = append(f.groups, groupCall{name, at})
	}
}

// groupArgument returns the name in a call such as app.Group("orders", newOrders).
func groupArgument(n ast.Node) (ast.Expr, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return nil, false
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "Group" {
		return nil, false
	}
	return call.Args[0], true
}

// linked reports whether a Lambda build with these tags has the file, by its
// constraint and by its name (orders_windows.go).
func (f *sourceFile) linked(tags ...string) bool {
	lambda := build.Default
	lambda.GOOS, lambda.GOARCH, lambda.CgoEnabled = "linux", "arm64", false
	lambda.BuildTags = append(append([]string{"lambda", "lambda.norpc"}, f.extra...), tags...)
	matched, err := lambda.MatchFile(filepath.Dir(f.path), filepath.Base(f.path))
	return err == nil && matched
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
