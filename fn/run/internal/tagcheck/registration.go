package tagcheck

import (
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// registration is where functions of a group are registered.
type registration struct {
	group  string
	places []callInFile  // any of them does it
	sure   bool          // every one of them is for the group
	from   []*sourceFile // where its functions are declared, when it is not sure
}

// callInFile is a call and its file.
type callInFile struct {
	registerCall
	file *sourceFile
}

// has reports whether a build registers the group; known is false when it has
// only some of the calls that may do it.
func (r *registration) has(b fileSet) (has, known bool) {
	if len(r.from) > 0 && !slices.ContainsFunc(r.from, func(f *sourceFile) bool { return b[f] }) {
		return false, true
	}
	n := 0
	for _, l := range r.places {
		if b[l.file] {
			n++
		}
	}
	return n > 0, r.sure || n == 0 || n == len(r.places)
}

// at names the places for a message.
func (r *registration) at() string {
	var all []string
	for _, l := range r.places {
		all = append(all, l.at)
	}
	return strings.Join(all, ", ")
}

// why says what a build lacks that does not register the group, and what to do.
func (r *registration) why(tags ...string) string {
	if slices.ContainsFunc(r.places, func(l callInFile) bool { return l.file.matches(tags...) }) {
		return "imports its package nowhere; import it in a file that begins with"
	}
	return "leaves out its file; begin it with"
}

// registrations finds where the groups are registered: by the name that is
// written in a call of Group, by a function that is declared within a call of Add,
// or else by whichever calls have a name or functions that cannot be read, or else
// by the files that declare its functions. It has no places when those are not of
// the program either.
func (p *program) registrations(d *fn.Description, groups []string) []*registration {
	where := placesOf(d.Functions)
	named, added, unnamed := p.calls(where)
	var all []*registration
	for _, g := range groups {
		if places := named[g]; len(places) > 0 {
			all = append(all, &registration{group: g, places: places, sure: true})
		}
		for _, l := range added[g] { // each has functions of its own
			all = append(all, &registration{group: g, places: []callInFile{l}, sure: true})
		}
		if len(named[g])+len(added[g]) == 0 {
			from := p.declaring(where, g)
			near := p.near(unnamed, from)
			if len(near) == 0 {
				near = asPlaces(from)
			}
			all = append(all, &registration{group: g, places: near, from: from})
		}
	}
	return all
}

func asPlaces(files []*sourceFile) []callInFile {
	var all []callInFile
	for _, f := range files {
		all = append(all, callInFile{registerCall{at: f.name}, f})
	}
	return all
}

// calls sorts the calls by what they are known to register.
func (p *program) calls(where places) (named, added map[string][]callInFile, unnamed []callInFile) {
	named, added = map[string][]callInFile{}, map[string][]callInFile{}
	for _, pkg := range p.sorted() {
		for _, f := range pkg.files {
			for _, c := range f.calls {
				l := callInFile{c, f}
				if c.group != "" {
					named[c.group] = append(named[c.group], l)
					continue
				}
				groups := where.within(pkg, l)
				for _, g := range groups {
					added[g] = append(added[g], l)
				}
				if len(groups) == 0 {
					unnamed = append(unnamed, l)
				}
			}
		}
	}
	return named, added, unnamed
}

// declaring returns the files in which functions of the group are declared.
func (p *program) declaring(where places, group string) []*sourceFile {
	var files []*sourceFile
	for _, pkg := range p.sorted() {
		for _, file := range pkg.files {
			if slices.ContainsFunc(where.in(pkg, file), func(d declared) bool { return d.group == group }) {
				files = append(files, file)
			}
		}
	}
	return files
}

// near keeps the calls that stand where the functions are declared, or where that
// package is imported; all when there is none.
func (p *program) near(calls []callInFile, from []*sourceFile) []callInFile {
	var paths []string
	for _, pkg := range p.sorted() {
		if slices.ContainsFunc(pkg.files, func(f *sourceFile) bool { return slices.Contains(from, f) }) {
			paths = append(paths, pkg.path)
		}
	}
	var near []callInFile
	for _, l := range calls {
		if slices.Contains(from, l.file) || slices.ContainsFunc(paths, func(path string) bool { return slices.Contains(l.file.imports, path) }) {
			near = append(near, l)
		}
	}
	if len(near) == 0 {
		return calls
	}
	return near
}

// places are the declarations of functions by their files, which the program knows
// by the last element of the directory, or with -trimpath of the package, and the name.
type places map[string][]declared

// declared is a declaration of a function.
type declared struct {
	line  int
	group string
}

func placesOf(functions []fn.Function) places {
	where := places{}
	for _, f := range functions {
		place := f.Place()
		i := strings.LastIndexByte(place, ':')
		if line, err := strconv.Atoi(place[i+1:]); err == nil && i > 0 {
			where[place[:i]] = append(where[place[:i]], declared{line, f.Group()})
		}
	}
	return where
}

func (p places) in(pkg *sourcePackage, file *sourceFile) []declared {
	dir, base := filepath.Split(file.path)
	inDir, inPackage := filepath.Base(dir)+"/"+base, path.Base(pkg.path)+"/"+base
	if inDir == inPackage {
		return p[inDir]
	}
	return slices.Concat(p[inDir], p[inPackage])
}

// within lists the groups of the functions that are declared within the call.
func (p places) within(pkg *sourcePackage, l callInFile) []string {
	var groups []string
	for _, d := range p.in(pkg, l.file) {
		if l.from <= d.line && d.line <= l.to && !slices.Contains(groups, d.group) {
			groups = append(groups, d.group)
		}
	}
	return groups
}
