package serving

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/gotool"
	"github.com/anygrain/anygrain/benchmarks/internal/load"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// Connections is how many requests wait for an answer at any time.
const Connections = 16

// Loader loads a server from a process of its own.
type Loader struct {
	Name string
	load func(ctx context.Context, url string, w work.Request, d time.Duration) (string, error)
}

// NewLoader is wrk (github.com/wg/wrk) where it is installed, and else a program of
// ours. Files are put into dir.
func NewLoader(ctx context.Context, dir string) (Loader, error) {
	if _, err := exec.LookPath("wrk"); err == nil {
		return Wrk(dir), nil
	}
	return Own(ctx, dir)
}

// Load keeps the server busy for the duration.
func (l Loader) Load(ctx context.Context, url string, w work.Request, d time.Duration) (load.Result, error) {
	text, err := l.load(ctx, url, w, d)
	if err != nil {
		return load.Result{}, err
	}
	return parse(text)
}

// Own is the program load.
func Own(ctx context.Context, dir string) (Loader, error) {
	binary := gotool.Path(dir, "load")
	run := func(ctx context.Context, url string, w work.Request, d time.Duration) (string, error) {
		return gotool.Output(ctx, dir, binary, "-url", url, "-workload", w.Name, "-connections", strconv.Itoa(Connections), "-duration", d.String())
	}
	return Loader{"a loader in Go (wrk is not installed)", run}, gotool.Build(ctx, binary, "internal/programs/load", gotool.How{})
}

// Wrk is wrk with one thread, which is told by a script what to ask.
func Wrk(dir string) Loader {
	run := func(ctx context.Context, url string, w work.Request, d time.Duration) (string, error) {
		file := filepath.Join(dir, w.Name+".lua")
		if err := os.WriteFile(file, []byte(script(w)), 0o600); err != nil {
			return "", err
		}
		seconds := fmt.Sprintf("%ds", max(1, int(d.Seconds()+0.5))) // wrk knows whole ones
		return gotool.Output(ctx, dir, "wrk", "--threads", "1", "--connections", strconv.Itoa(Connections), "--duration", seconds, "--latency", "--script", file, url+w.Target)
	}
	return Loader{"wrk", run}
}
