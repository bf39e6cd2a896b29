package coldstart

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/gotool"
	"github.com/anygrain/anygrain/benchmarks/internal/many"
)

// Binary is a program that was built.
type Binary struct {
	Program
	Size int64 // bytes, stripped
	path string
}

// Build builds the program into dir.
func (p Program) Build(ctx context.Context, dir string) (Binary, error) {
	b := Binary{Program: p, path: gotool.Path(dir, strings.NewReplacer(", ", "-", " ", "").Replace(p.Name))}
	how := gotool.How{Tags: strings.TrimSuffix(tags+","+p.tags, ",")}
	if p.functions > 0 {
		source, err := many.Source(path.Base(p.pkg), p.functions)
		if err != nil {
			return Binary{}, err
		}
		b.path += strconv.Itoa(p.functions)
		how.Files = append(how.Files, gotool.File{Path: "internal/programs/" + p.pkg + "/functions.go", Text: source})
	}
	if p.checked {
		how.Link = "-X github.com/anygrain/anygrain/fn.proof=benchmark"
	}
	if p.symbols {
		how.Link = "-s=false"
	}
	if err := gotool.Build(ctx, b.path, "internal/programs/"+p.pkg, how); err != nil {
		return Binary{}, err
	}
	info, err := os.Stat(b.path)
	if err != nil {
		return Binary{}, err
	}
	b.Size = info.Size()
	return b, nil
}

// Path is where the binary is.
func (b Binary) Path() string { return b.path }

// Zip is how large it is in an archive, as Lambda takes it, in bytes.
func (b Binary) Zip() (int64, error) {
	f, err := os.Open(b.path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	var size counter
	z := zip.NewWriter(&size)
	w, err := z.Create("bootstrap")
	if err != nil {
		return 0, err
	}
	if _, err := io.Copy(w, f); err != nil {
		return 0, fmt.Errorf("zip %s: %w", b.Name, err)
	}
	return int64(size), z.Close()
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
