package repotest

import (
	"go/ast"
	"go/doc/comment"
	"strings"
)

// CheckDocs returns what a package's documentation lacks: a comment at an
// exported identifier, a program in the package comment, an Example with output.
func CheckDocs(r *Repo, p *Package) []Problem {
	var problems []Problem
	for _, f := range p.Sources() {
		for _, decl := range f.AST.Decls {
			for _, bare := range undocumented(r, decl) {
				problems = append(problems, Problem{r.Where(bare.node), bare.name + " is exported and has no doc comment; say what it is, with units, errors and source where they apply"})
			}
		}
	}
	if !hasProgram(p) {
		problems = append(problems, Problem{p.Dir, "the package comment shows no program; add an indented block with a func main() that a reader can copy"})
	}
	if !hasExample(p) {
		problems = append(problems, Problem{p.Dir, "no test file has an Example function with an // Output: comment; add one for each question that a user would ask"})
	}
	return problems
}

// programs returns the code blocks of a package's comment that are whole programs.
func programs(p *Package) []string {
	var found []string
	for _, f := range p.Sources() {
		if f.AST.Doc == nil {
			continue
		}
		for _, block := range new(comment.Parser).Parse(f.AST.Doc.Text()).Content {
			if code, ok := block.(*comment.Code); ok && strings.Contains(code.Text, "func main()") {
				found = append(found, code.Text)
			}
		}
	}
	return found
}

func hasProgram(p *Package) bool { return len(programs(p)) > 0 }

func hasExample(p *Package) bool {
	for _, f := range p.Files {
		if f.Test && showsOutput(f.AST) {
			return true
		}
	}
	return false
}

// showsOutput reports whether a file has an Example that the go command runs:
// one without an output comment is only compiled.
func showsOutput(file *ast.File) bool {
	for _, decl := range file.Decls {
		fun, ok := decl.(*ast.FuncDecl)
		if !ok || fun.Recv != nil || !strings.HasPrefix(fun.Name.Name, "Example") {
			continue
		}
		for _, group := range file.Comments {
			text := strings.ToLower(group.Text())
			inside := fun.Pos() < group.Pos() && group.End() < fun.End()
			if inside && (strings.HasPrefix(text, "output:") || strings.HasPrefix(text, "unordered output:")) {
				return true
			}
		}
	}
	return false
}
