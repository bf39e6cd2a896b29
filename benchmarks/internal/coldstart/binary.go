package coldstart

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/gotool"
)

// Binary is a program that was built.
type Binary struct {
	Program
	Size, Zip int64 // bytes, stripped; and as Lambda takes it
	path      string
}

// Build builds the program into dir.
func (p Program) Build(ctx context.Context, dir string) (Binary, error) {
	b := Binary{Program: p, path: gotool.Path(dir, strings.NewReplacer(", ", "-", " ", "").Replace(p.Name))}
	if err := gotool.Build(ctx, b.path, "internal/programs/"+p.pkg, strings.TrimSuffix(tags+","+p.tags, ",")); err != nil {
		return Binary{}, err
	}
	info, err := os.Stat(b.path)
	if err != nil {
		return Binary{}, err
	}
	b.Size = info.Size()
	b.Zip, err = zipped(b.path)
	return b, err
}

// zipped is how large the file is in an archive.
func zipped(path string) (int64, error) {
	f, err := os.Open(path)
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
		return 0, fmt.Errorf("zip %s: %w", path, err)
	}
	return int64(size), z.Close()
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
