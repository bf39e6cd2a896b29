package repotest

import (
	"fmt"
	"go/ast"
	"slices"
	"strconv"
	"strings"
)

// ImportRule says what the packages in a directory may import. What it does
// not name is forbidden; of the standard library, only what Never names is.
type ImportRule struct {
	Dir   string   // a package's directory, or a tree as "examples/..."
	Own   []string // directories of this repository, as in Dir
	Other []string // import paths of other modules, as in Dir
	// Never is what the package must not even reach through other packages of
	// this repository: import paths, as in Dir.
	Never []string
	// Tests says that Own and Other hold for the tests too. Without it, tests
	// may import all of this repository but programs, and of other modules what
	// any rule allows. The standard library is free for every test.
	Tests bool
	Why   string // one sentence, printed when the rule is broken
}

// ImportRules are the rules of a repository. The first that fits a directory
// is the one that holds.
type ImportRules []ImportRule

func (rules ImportRules) of(dir string) (ImportRule, bool) {
	for _, rule := range rules {
		if matches(dir, []string{rule.Dir}) {
			return rule, true
		}
	}
	return ImportRule{}, false
}

// Check returns every import that breaks a rule, and every package that has none.
func (rules ImportRules) Check(r *Repo) []Problem {
	var problems []Problem
	for _, p := range r.Packages {
		rule, ok := rules.of(p.Dir)
		if !ok {
			problems = append(problems, noRule(p))
			continue
		}
		problems = append(problems, rules.direct(r, p, rule)...)
		problems = append(problems, reached(r, p, rule)...)
	}
	return problems
}

func noRule(p *Package) Problem {
	return Problem{p.Dir, "this package has no import rule; decide what it may import and add a rule to the table in internal/repotest/rules_test.go"}
}

// direct checks the imports that the package's files write.
func (rules ImportRules) direct(r *Repo, p *Package, rule ImportRule) []Problem {
	var problems []Problem
	for _, f := range p.Files {
		for _, spec := range f.AST.Imports {
			name := importPath(spec)
			allowed := rule.allows(r, p, name)
			if f.Test {
				allowed = rules.testAllows(r, p, rule, name)
			}
			if !allowed {
				problems = append(problems, Problem{r.Where(spec), fmt.Sprintf(
					"package %s imports %s. Its rule: %s. Move the code to a package that may, or take what is needed as a small interface",
					p.Dir, name, rule.Why)})
			}
		}
	}
	return problems
}

func (rule ImportRule) allows(r *Repo, p *Package, name string) bool {
	if dir, own := r.Own(name); own {
		return dir == p.Dir || matches(dir, rule.Own)
	}
	if standard(name) {
		return !matches(name, rule.Never)
	}
	return matches(name, rule.Other)
}

// testAllows says what a test may import: the standard library, what its
// package may, and if the rule is not for tests too, what any package may.
func (rules ImportRules) testAllows(r *Repo, p *Package, rule ImportRule, name string) bool {
	if standard(name) || rule.allows(r, p, name) {
		return true
	}
	if rule.Tests {
		return false
	}
	if dir, own := r.Own(name); own {
		return !under(dir, "examples") && !under(dir, "cmd")
	}
	return slices.ContainsFunc(rules, func(other ImportRule) bool { return matches(name, other.Other) })
}

// reached follows the imports of this repository's packages to what the rule
// forbids at any distance, and shows the way.
func reached(r *Repo, p *Package, rule ImportRule) []Problem {
	var problems []Problem
	seen := map[string]bool{p.Dir: true}
	var follow func(at *Package, way string)
	follow = func(at *Package, way string) {
		for _, f := range at.Sources() {
			for _, spec := range f.AST.Imports {
				name := importPath(spec)
				if at != p && matches(name, rule.Never) {
					problems = append(problems, Problem{r.Where(spec), fmt.Sprintf(
						"package %s reaches %s: %s → %s. Its rule: %s. Cut the way between them", p.Dir, name, way, name, rule.Why)})
				}
				dir, _ := r.Own(name)
				if next := r.Package(dir); next != nil && !seen[dir] {
					seen[dir] = true
					follow(next, way+" → "+dir)
				}
			}
		}
	}
	follow(p, p.Dir)
	return problems
}

func importPath(spec *ast.ImportSpec) string {
	name, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return spec.Path.Value
	}
	return name
}

// standard reports whether an import path is the standard library's: its
// first element has no dot.
func standard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".")
}
