package repotest

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// Ban is something that library code must not do, except where it is said.
type Ban struct {
	Calls []string // "os.Getenv", a name that ends in "*" for a family, or a builtin as "panic"
	In    []string // directories in which it is allowed, as in ImportRule.Dir
	Why   string   // one sentence with what to do instead
}

// Exception allows one function of a package one banned call.
type Exception struct {
	Dir, Func string // Func as "New", "App.Run"
	Call      string // as it is written: "panic", "fmt.Println"
	Why       string
}

// Conduct is what library code may not do.
type Conduct struct {
	Bans       []Ban
	Exceptions []Exception
	Programs   []string // directories that are not library code, as in ImportRule.Dir
}

// Check returns every banned call, every exported variable that can be
// changed, and every exception that nothing needs any more.
func (c Conduct) Check(r *Repo) []Problem {
	var problems []Problem
	used := make([]bool, len(c.Exceptions))
	for _, p := range r.Packages {
		if matches(p.Dir, c.Programs) {
			continue
		}
		for _, f := range p.Sources() {
			problems = append(problems, c.calls(r, p, f, used)...)
			problems = append(problems, mutables(r, f)...)
		}
	}
	for i, e := range c.Exceptions {
		if !used[i] && r.Package(e.Dir) != nil {
			problems = append(problems, Problem{e.Dir, fmt.Sprintf("the exception for %s in %s is not needed any more; delete it from internal/repotest/rules_test.go", e.Call, e.Func)})
		}
	}
	return problems
}

// calls checks what a file uses. A mention counts like a call: what is passed
// on as a value is called somewhere.
func (c Conduct) calls(r *Repo, p *Package, f *File, used []bool) []Problem {
	var problems []Problem
	for _, decl := range f.AST.Decls {
		name := declName(decl)
		for _, u := range uses(f.AST, decl) {
			ban, banned := c.ban(p.Dir, u.name)
			if !banned {
				continue
			}
			if i := slices.IndexFunc(c.Exceptions, func(e Exception) bool {
				return e.Dir == p.Dir && e.Func == name && e.Call == u.name
			}); i >= 0 {
				used[i] = true
				continue
			}
			problems = append(problems, Problem{r.Where(u.node), fmt.Sprintf(
				"%s in %s uses %s. %s", orFile(name), p.Dir, u.name, ban.Why)})
		}
	}
	return problems
}

func (c Conduct) ban(dir, call string) (Ban, bool) {
	for _, ban := range c.Bans {
		if !matches(dir, ban.In) && slices.ContainsFunc(ban.Calls, func(pattern string) bool {
			family, isFamily := strings.CutSuffix(pattern, "*")
			return pattern == call || isFamily && strings.HasPrefix(call, family)
		}) {
			return ban, true
		}
	}
	return Ban{}, false
}

type use struct {
	name string // "os.Getenv", or a builtin's name
	node ast.Node
}

// uses lists the names of other packages and the builtins that a declaration
// mentions. Names that the file declares itself have an object and are not
// counted.
func uses(file *ast.File, decl ast.Decl) []use {
	imports := importNames(file)
	var found []use
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Obj == nil && imports[x.Name] != "" {
				found = append(found, use{imports[x.Name] + "." + n.Sel.Name, n})
			}
		case *ast.CallExpr:
			if fun, ok := n.Fun.(*ast.Ident); ok && fun.Obj == nil {
				found = append(found, use{fun.Name, n})
			}
		}
		return true
	})
	return found
}

// importNames maps the name by which a file knows a package to its path.
func importNames(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		p := importPath(spec)
		name := p[strings.LastIndex(p, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = p
	}
	return names
}

// mutables finds exported variables. Errors to compare with are the one kind
// that Go has no constant for.
func mutables(r *Repo, f *File) []Problem {
	var problems []Problem
	for _, decl := range f.AST.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, spec := range gen.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				if name.IsExported() && !strings.HasPrefix(name.Name, "Err") {
					problems = append(problems, Problem{r.Where(name), fmt.Sprintf(
						"%s is a variable that any importer can change. Make it a constant or a function; only errors named Err… may be variables", name.Name)})
				}
			}
		}
	}
	return problems
}

// declName returns a function's name as "New" or "App.Run", "" for other
// declarations.
func declName(decl ast.Decl) string {
	fun, ok := decl.(*ast.FuncDecl)
	if !ok {
		return ""
	}
	if fun.Recv == nil || len(fun.Recv.List) == 0 {
		return fun.Name.Name
	}
	return receiver(fun) + "." + fun.Name.Name
}

// receiver returns the name of a method's type.
func receiver(fun *ast.FuncDecl) string {
	expr := fun.Recv.List[0].Type
	for {
		switch e := expr.(type) {
		case *ast.StarExpr:
			expr = e.X
		case *ast.IndexExpr:
			expr = e.X
		case *ast.IndexListExpr:
			expr = e.X
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}

func orFile(name string) string {
	if name == "" {
		return "a declaration"
	}
	return name
}
