package repotest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"slices"
	"strings"
)

// API returns the exported declarations of a package, one a line, sorted: what
// an importer can write, so that a change of it shows in a review. Files
// behind different build tags are taken together. Comments are left out.
func API(p *Package) string {
	var lines []string
	for _, f := range p.Sources() {
		for _, decl := range f.AST.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				lines = append(lines, apiFunc(decl)...)
			case *ast.GenDecl:
				lines = append(lines, apiGroup(decl)...)
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "\n") + "\n"
}

func apiFunc(fun *ast.FuncDecl) []string {
	if !exportedFunc(fun) {
		return nil
	}
	bare := &ast.FuncDecl{Recv: unnamed(fun.Recv), Name: fun.Name, Type: fun.Type}
	text := source(bare)
	if fun.Recv != nil {
		text = "method" + strings.TrimPrefix(text, "func")
	}
	return []string{text}
}

// exportedFunc reports whether importers can call a function, or a method of
// an exported type.
func exportedFunc(fun *ast.FuncDecl) bool {
	return fun.Name.IsExported() && (fun.Recv == nil || ast.IsExported(receiver(fun)))
}

// unnamed drops a receiver's name, which is no part of the API.
func unnamed(recv *ast.FieldList) *ast.FieldList {
	if recv == nil {
		return nil
	}
	return &ast.FieldList{List: []*ast.Field{{Type: recv.List[0].Type}}}
}

func apiGroup(gen *ast.GenDecl) []string {
	var lines []string
	var last *ast.ValueSpec // of a const group: where type and value are repeated from
	for i, spec := range gen.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			lines = append(lines, apiType(spec)...)
		case *ast.ValueSpec:
			if spec.Type != nil || len(spec.Values) > 0 {
				last = spec
			}
			lines = append(lines, apiValues(gen.Tok, spec, last, i)...)
		}
	}
	return lines
}

// apiValues writes constants with their value, or with their place when iota
// makes it: moving one changes the numbers of all after it.
func apiValues(tok token.Token, spec, last *ast.ValueSpec, place int) []string {
	var lines []string
	for i, name := range spec.Names {
		if !name.IsExported() {
			continue
		}
		line := tok.String() + " " + name.Name
		if last.Type != nil {
			line += " " + source(last.Type)
		}
		if tok == token.CONST && i < len(last.Values) {
			line += " = " + source(last.Values[i])
			if strings.Contains(line, "iota") {
				line += fmt.Sprintf(" (iota = %d)", place)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func apiType(spec *ast.TypeSpec) []string {
	if !spec.Name.IsExported() {
		return nil
	}
	head := "type " + spec.Name.Name + typeParams(spec.TypeParams)
	if spec.Assign.IsValid() {
		return []string{head + " = " + source(spec.Type)}
	}
	switch t := spec.Type.(type) {
	case *ast.StructType:
		return append([]string{head + " struct"}, members(head+" struct, ", t.Fields, false)...)
	case *ast.InterfaceType:
		return append([]string{head + " interface"}, members(head+" interface, ", t.Methods, true)...)
	default:
		return []string{head + " " + source(spec.Type)}
	}
}

// members writes the exported fields of a struct or methods of an interface.
// An unexported one is told of once: it decides who can implement an
// interface, and whether a struct can be compared or written without names.
func members(prefix string, list *ast.FieldList, method bool) []string {
	var lines []string
	for _, f := range list.List {
		text := memberType(f)
		if len(f.Names) == 0 {
			lines = append(lines, prefix+text)
		}
		for _, name := range f.Names {
			switch {
			case !name.IsExported():
				lines = append(lines, prefix+"unexported members")
			case method:
				lines = append(lines, prefix+name.Name+strings.TrimPrefix(text, "func"))
			default:
				lines = append(lines, prefix+name.Name+" "+text)
			}
		}
	}
	return lines
}

// memberType prints a field's type with its tag, which binding reads.
func memberType(f *ast.Field) string {
	if f.Tag == nil {
		return source(f.Type)
	}
	return source(f.Type) + " " + f.Tag.Value
}

func typeParams(list *ast.FieldList) string {
	if list == nil {
		return ""
	}
	text := source(&ast.FuncType{TypeParams: list, Params: &ast.FieldList{}})
	return strings.TrimSuffix(strings.TrimPrefix(text, "func"), "()")
}

// source prints a node as Go on one line.
func source(node any) string {
	var out bytes.Buffer
	if err := printer.Fprint(&out, token.NewFileSet(), node); err != nil {
		return fmt.Sprintf("%T that cannot be printed: %v", node, err)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// DiffLines compares two texts as sets of lines: "- " went, "+ " came.
func DiffLines(old, now string) []string {
	before, after := strings.Split(old, "\n"), strings.Split(now, "\n")
	var diff []string
	for _, line := range before {
		if line != "" && !slices.Contains(after, line) {
			diff = append(diff, "- "+line)
		}
	}
	for _, line := range after {
		if line != "" && !slices.Contains(before, line) {
			diff = append(diff, "+ "+line)
		}
	}
	return diff
}
