package repotest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Programs are the files of whole programs that documentation shows, by their
// path in a module of their own.
type Programs map[string]string

// AddDocument takes a document's Go blocks that begin with "package main",
// each as a program, and those under "<!-- file: shop/orders.go -->" as that
// file of the module "example.com", so that a program may have several files
// and packages. It returns how many it took.
func (ps Programs) AddDocument(doc Document) int {
	count := 0
	for _, b := range doc.Blocks {
		name := fmt.Sprintf("%s/line%d/main.go", importable(doc.Name), b.Line)
		file, named := strings.CutPrefix(b.Marker, "file: ")
		if named {
			name = file
		}
		if b.Lang == "go" && (named || strings.HasPrefix(b.Code, "package main\n")) {
			ps[name] = b.Code
			count++
		}
	}
	return count
}

// AddPackage takes the programs of a package's comment that begin with
// "package main".
func (ps Programs) AddPackage(p *Package) {
	for i, code := range programs(p) {
		if strings.HasPrefix(code, "package main\n") {
			ps[fmt.Sprintf("doc/%s/program%d/main.go", p.Dir, i)] = code
		}
	}
}

// importable makes a path element of a file's name.
func importable(name string) string {
	return strings.NewReplacer("/", "_", ".", "_").Replace(name)
}

// Build compiles the programs in dir, an empty directory, as a module that
// requires the repository at root and what that requires. The error is the
// compiler's. Nothing is added to what the repository requires: a program that
// needs more is not one that users can copy.
func (ps Programs) Build(root, dir string) error {
	if err := ps.write(root, dir); err != nil {
		return err
	}
	cmd := exec.Command("go", "vet", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the programs of the documentation do not compile (%w); they may import this repository and what its go.mod requires:\n%s", err, out)
	}
	return nil
}

func (ps Programs) write(root, dir string) error {
	mod, err := programModule(root)
	if err != nil {
		return err
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	files := map[string]string{"go.mod": mod, "go.sum": string(sum)}
	for name, code := range ps {
		files[name] = code
	}
	return writeFiles(dir, files)
}

// programModule is the repository's go.mod under another name, with the
// repository itself as one more requirement.
func programModule(root string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", err
	}
	full, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	name := moduleLine.FindSubmatch(text)
	if name == nil {
		return "", fmt.Errorf("go.mod has no module line")
	}
	mod := moduleLine.ReplaceAllString(string(text), "module example.com")
	return mod + fmt.Sprintf("\nrequire %[1]s v0.0.0\n\nreplace %[1]s => %[2]q\n", name[1], full), nil
}

func writeFiles(dir string, files map[string]string) error {
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
