package tagcheck

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/buildtag"
)

// listed is a package as go list shows it.
type listed struct {
	ImportPath string
	Dir        string
	Standard   bool
	Imports    []string
	Module     *struct {
		Path string
		Main bool
	}
}

// main reports whether the package is of the program's own module, or of another
// one of its workspace.
func (l *listed) main() bool { return l.Module != nil && l.Module.Main }

// goList lists packages and what they import, as a Lambda build with the tags of
// this one has them. Lenient leaves out what cannot be found.
func goList(ctx context.Context, tags []string, lenient bool, packages ...string) ([]*listed, error) {
	args := []string{"list", "-deps", "-json=ImportPath,Dir,Standard,Imports,Module",
		"-tags", strings.Join(append(buildtag.Unit(), tags...), ",")}
	if lenient {
		args = append(args, "-e")
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), packages...)...)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
	out, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return nil, fmt.Errorf("the go command does not find the source of %s; run this command in its module: %w: %s",
			strings.Join(packages, ", "), err, strings.TrimSpace(string(exit.Stderr)))
	case err != nil:
		return nil, fmt.Errorf("the go command, which finds the source, cannot be run: %w; install Go, or add it to PATH", err)
	}
	return readList(out)
}

func readList(out []byte) ([]*listed, error) {
	var all []*listed
	decoder := jsontext.NewDecoder(bytes.NewReader(out))
	for {
		var l listed
		err := json.UnmarshalDecode(decoder, &l, json.RejectUnknownMembers(false))
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("go list printed what is no package: %w", err)
		}
		all = append(all, &l)
	}
}
