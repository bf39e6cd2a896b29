package tagcheck

import (
	"context"
	"slices"
	"strings"
)

// fnPath is the package without which no package registers a function.
const fnPath = framework + "fn"

const framework = "github.com/anygrain/anygrain/"

// isOurs reports whether the package is one of the framework's own, which register
// nothing; its examples and the apps of its tests do.
func isOurs(path string) bool {
	rest, ours := strings.CutPrefix(path, framework)
	return ours && !strings.HasPrefix(rest, "examples/") && !strings.Contains(rest, "/testdata/")
}

// program is the source of an app: its main package and what that imports in any build.
type program struct {
	root     string
	modules  []string                  // of the program: one, but for a workspace
	packages map[string]*sourcePackage // by their import paths; nil for those that register nothing
	builds   map[string]fileSet        // by their tags
}

func newProgram(root string) *program {
	return &program{root: root, packages: map[string]*sourcePackage{}, builds: map[string]fileSet{}}
}

// sourcePackage is a package whose files are read.
type sourcePackage struct {
	path  string
	own   bool // of the program's module
	files []*sourceFile
}

// readProgram reads the packages that the builds link, as far as they can
// register functions: those of the program's module, and those that import fn. The
// builds are lists of tags. One question to the go command is enough, unless a
// build imports what the build of everything does not.
func readProgram(ctx context.Context, b Build, builds [][]string) (*program, error) {
	list, err := goList(ctx, b.Tags, false, b.Package)
	if err != nil {
		return nil, err
	}
	p := newProgram(list[len(list)-1].ImportPath) // -deps: the last imports the others
	for {
		if err := p.read(list, b.Tags); err != nil {
			return nil, err
		}
		missing := p.missing(builds)
		if len(missing) == 0 {
			return p, nil
		}
		if list, err = goList(ctx, b.Tags, true, missing...); err != nil {
			return nil, err
		}
		for _, path := range missing { // asked for once, found or not
			p.packages[path] = nil
		}
	}
}

// read reads the files of the packages that can register functions.
func (p *program) read(list []*listed, extra []string) error {
	imports := map[string]bool{fnPath: true} // fn, directly or not: -deps lists what is imported first
	for _, l := range list {
		if slices.ContainsFunc(l.Imports, func(path string) bool { return imports[path] }) {
			imports[l.ImportPath] = true
		}
		if p.packages[l.ImportPath] != nil {
			continue
		}
		p.packages[l.ImportPath] = nil
		if l.Standard || l.Dir == "" || isOurs(l.ImportPath) || !l.main() && !imports[l.ImportPath] {
			continue
		}
		files, err := readDir(l.Dir, extra)
		if err != nil {
			return err
		}
		p.packages[l.ImportPath] = &sourcePackage{l.ImportPath, l.main(), files}
		if l.main() && !slices.Contains(p.modules, l.Module.Path) {
			p.modules = append(p.modules, l.Module.Path)
		}
	}
	return nil
}

// fileSet is the files that a build has.
type fileSet map[*sourceFile]bool

// filesOf follows the imports from the main package, once for every build.
func (p *program) filesOf(tags ...string) fileSet {
	key := strings.Join(tags, ",")
	if p.builds[key] == nil {
		p.builds[key], _ = p.follow(tags)
	}
	return p.builds[key]
}

// missing lists the imports that have not been asked for: those of the builds, and
// those within the module of files that no build has, so that a group which
// nothing links is seen.
func (p *program) missing(builds [][]string) []string {
	var all []string
	for _, tags := range builds {
		_, missing := p.follow(tags)
		all = append(all, missing...)
	}
	for _, pkg := range p.sorted() {
		for _, f := range pkg.files {
			for _, path := range f.imports {
				if _, asked := p.packages[path]; !asked && p.owns(path) {
					all = append(all, path)
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (p *program) owns(path string) bool {
	return slices.ContainsFunc(p.modules, func(module string) bool { return path == module || strings.HasPrefix(path, module+"/") })
}

func (p *program) follow(tags []string) (files fileSet, missing []string) {
	files = fileSet{}
	seen := map[string]bool{p.root: true}
	for queue := []string{p.root}; len(queue) > 0; queue = queue[1:] {
		pkg, asked := p.packages[queue[0]]
		if !asked && queue[0] != "C" {
			missing = append(missing, queue[0])
		}
		if pkg == nil {
			continue
		}
		for _, f := range pkg.files {
			if !f.matches(tags...) {
				continue
			}
			files[f] = true
			for _, path := range f.imports {
				if !seen[path] {
					seen[path] = true
					queue = append(queue, path)
				}
			}
		}
	}
	return files, missing
}

// sorted lists the packages, the main package first.
func (p *program) sorted() []*sourcePackage {
	var all []*sourcePackage
	for _, pkg := range p.packages {
		if pkg != nil {
			all = append(all, pkg)
		}
	}
	slices.SortFunc(all, func(a, b *sourcePackage) int {
		switch p.root {
		case a.path:
			return -1
		case b.path:
			return 1
		}
		return strings.Compare(a.path, b.path)
	})
	return all
}
