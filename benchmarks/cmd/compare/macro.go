package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/contender"
	"github.com/anygrain/anygrain/benchmarks/internal/series"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// script asks for what the workload get asks.
const script = `wrk.method = "GET"
wrk.headers["X-Tenant"] = "acme"
`

// macro loads a server of each contender with wrk, one core each.
func macro(ctx context.Context, s *settings) (string, error) {
	if _, err := exec.LookPath("wrk"); err != nil {
		return "wrk is not installed, so nothing was measured.\n", nil
	}
	binary, err := s.build(ctx, "./cmd/server", "")
	if err != nil {
		return "", err
	}
	lua := filepath.Join(s.scratch, "get.lua")
	if err := os.WriteFile(lua, []byte(script), 0o600); err != nil {
		return "", err
	}
	t, names := &series.Table{Reference: "byhand"}, []string{}
	for _, c := range contender.OverHTTP() {
		names = append(names, c.Name)
	}
	turns := append([]string(nil), names...)
	for range max(1, s.rounds/2) {
		rand.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
		for _, name := range turns {
			if err := load(ctx, binary, name, lua, t); err != nil {
				return "", fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	t.Order([]string{"requests per second", "99 % within, in µs"}, names)
	return t.Markdown("", whole), nil
}

// load runs wrk against a server of its own.
func load(ctx context.Context, binary, name, lua string, t *series.Table) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "-contender", name)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "GIN_MODE=release")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() { cancel(); _ = cmd.Wait() }()
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return err
	}
	text, err := output(ctx, "", nil, "wrk", "-t1", "-c16", "-d3s", "--latency", "-s", lua, "http://"+strings.TrimSpace(address)+work.Requests()[0].Target)
	if err != nil {
		return err
	}
	rate, p99 := perSecond.FindStringSubmatch(text), percentile.FindStringSubmatch(text)
	if rate == nil || p99 == nil || strings.Contains(text, "Non-2xx") {
		return fmt.Errorf("wrk says\n%s", text)
	}
	t.Add("requests per second", name, number(rate[1]))
	t.Add("99 % within, in µs", name, number(p99[1])*map[string]float64{"us": 1, "ms": 1e3, "s": 1e6}[p99[2]])
	return nil
}

var (
	perSecond  = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)
	percentile = regexp.MustCompile(`99%\s+([0-9.]+)(us|ms|s)`)
)
