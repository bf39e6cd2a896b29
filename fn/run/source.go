//go:build !lambda

package run

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
)

// mainPackage is the import path of the program, "." when the build did not
// note it, as with go run and a list of files.
func mainPackage() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Path == "" || info.Path == "command-line-arguments" || strings.HasSuffix(info.Path, ".test") {
		return "."
	}
	return info.Path
}

// sourceFile is a file of the main package: its build constraint, and the groups
// that it registers.
type sourceFile struct {
	name       string
	constraint constraint.Expr // nil when there is none
	groups     []groupCall
}

// groupCall is one call of App.Group with a name that stands there.
type groupCall struct {
	name string
	at   string // file:line
}

// readSource parses the main package, also the files that this build leaves out.
func readSource(ctx context.Context) ([]sourceFile, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-f", "{{.Dir}}", mainPackage()).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
		}
		return nil, fmt.Errorf("the go command does not find the source of %s; run check in its module: %w", mainPackage(), err)
	}
	return readDir(strings.TrimSpace(string(out)))
}

func readDir(dir string) ([]sourceFile, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []sourceFile
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := readFileSource(name)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func readFileSource(name string) (sourceFile, error) {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, name, nil, parser.ParseComments)
	if err != nil {
		return sourceFile{}, err
	}
	f := sourceFile{name: filepath.Base(name)}
	for _, group := range parsed.Comments {
		for _, comment := range group.List {
			if comment.Pos() < parsed.Package && constraint.IsGoBuild(comment.Text) {
				f.constraint, _ = constraint.Parse(comment.Text) // the compiler has read it
			}
		}
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if name, ok := groupName(n); ok {
			f.groups = append(f.groups, groupCall{name, fmt.Sprintf("%s:%d", f.name, set.Position(n.Pos()).Line)})
		}
		return true
	})
	return f, nil
}

// groupName returns the name in a call such as app.Group("orders", newOrders).
func groupName(n ast.Node) (string, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return "", false
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	literal, isLiteral := call.Args[0].(*ast.BasicLit)
	if !ok || method.Sel.Name != "Group" || !isLiteral || literal.Kind != token.STRING {
		return "", false
	}
	name, err := strconv.Unquote(literal.Value)
	return name, err == nil
}

// linked reports whether a Lambda build with these tags has the file.
func (f *sourceFile) linked(tags ...string) bool {
	if f.constraint == nil {
		return true
	}
	return f.constraint.Eval(func(tag string) bool {
		for _, on := range append(tags, "lambda", "lambda.norpc", "linux", "unix", "arm64", "gc") {
			if tag == on {
				return true
			}
		}
		return strings.HasPrefix(tag, "go1")
	})
}

// tags lists what the constraint asks for.
func (f *sourceFile) tags() []string {
	var tags []string
	var visit func(constraint.Expr)
	visit = func(e constraint.Expr) {
		switch e := e.(type) {
		case *constraint.TagExpr:
			tags = append(tags, e.Tag)
		case *constraint.NotExpr:
			visit(e.X)
		case *constraint.AndExpr:
			visit(e.X)
			visit(e.Y)
		case *constraint.OrExpr:
			visit(e.X)
			visit(e.Y)
		}
	}
	if f.constraint != nil {
		visit(f.constraint)
	}
	return tags
}
