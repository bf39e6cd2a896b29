package repotest

import (
	"go/ast"
	"regexp"
)

// bareName is an exported identifier without a doc comment.
type bareName struct {
	name string
	node ast.Node
}

func undocumented(r *Repo, decl ast.Decl) []bareName {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if exportedFunc(decl) && decl.Doc == nil {
			return []bareName{{declName(decl), decl}}
		}
	case *ast.GenDecl:
		var bare []bareName
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				bare = append(bare, undocumentedType(r, spec, decl.Doc)...)
			case *ast.ValueSpec:
				bare = append(bare, undocumentedValues(spec, decl.Doc)...)
			}
		}
		return bare
	}
	return nil
}

func undocumentedType(r *Repo, spec *ast.TypeSpec, group *ast.CommentGroup) []bareName {
	if !spec.Name.IsExported() {
		return nil
	}
	about := group.Text() + spec.Doc.Text()
	var bare []bareName
	if about == "" {
		bare = append(bare, bareName{spec.Name.Name, spec})
	}
	switch t := spec.Type.(type) {
	case *ast.StructType:
		bare = append(bare, undocumentedMembers(r, spec.Name.Name, t.Fields, about)...)
	case *ast.InterfaceType:
		bare = append(bare, undocumentedMembers(r, spec.Name.Name, t.Methods, about)...)
	}
	return bare
}

// undocumentedValues checks the constants or variables of one line. The
// comment of their group is enough.
func undocumentedValues(spec *ast.ValueSpec, group *ast.CommentGroup) []bareName {
	if group != nil || spec.Doc != nil || spec.Comment != nil {
		return nil
	}
	return exported("", spec.Names)
}

// undocumentedMembers checks fields and interface methods. A comment above
// several without a blank line between them is for all; what the type's own
// comment tells about by name needs none, nor does a field that has the name
// of its type.
func undocumentedMembers(r *Repo, owner string, list *ast.FieldList, about string) []bareName {
	var bare []bareName
	covered := -1 // the last line that a comment above speaks for
	for _, f := range list.List {
		if f.Doc != nil || r.Fset.Position(f.Pos()).Line == covered+1 {
			covered = r.Fset.Position(f.End()).Line
			continue
		}
		if f.Comment != nil {
			continue
		}
		for _, name := range exported(owner+".", f.Names) {
			if !tells(about, name.node) && source(f.Type) != source(name.node) {
				bare = append(bare, name)
			}
		}
	}
	return bare
}

// tells reports whether a comment has a name as a word, in any case.
func tells(about string, name ast.Node) bool {
	return regexp.MustCompile(`(?i)\b` + source(name) + `\b`).MatchString(about)
}

func exported(prefix string, names []*ast.Ident) []bareName {
	var found []bareName
	for _, name := range names {
		if name.IsExported() {
			found = append(found, bareName{prefix + name.Name, name})
		}
	}
	return found
}
