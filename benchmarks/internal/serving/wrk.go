package serving

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/load"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// script is the request in Lua, as wrk takes it.
func script(w work.Request) string {
	var b strings.Builder
	fmt.Fprintf(&b, "wrk.method = %s\n", long(w.Method))
	for name, value := range w.Headers() {
		fmt.Fprintf(&b, "wrk.headers[%s] = %s\n", long(name), long(value))
	}
	if w.Body != "" {
		fmt.Fprintf(&b, "wrk.body = %s\n", long(w.Body))
	}
	return b.String()
}

// long is a string of Lua in which nothing is escaped. The spaces are for the index.
func long(text string) string { return " [==[" + text + "]==] " }

var (
	perSecond  = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)
	percentile = regexp.MustCompile(`99%\s+([0-9.]+[um]?s)`)
)

// parse reads what wrk prints with --latency.
func parse(text string) (load.Result, error) {
	rate, p99 := perSecond.FindStringSubmatch(text), percentile.FindStringSubmatch(text)
	if rate == nil || p99 == nil || strings.Contains(text, "Non-2xx") || strings.Contains(text, "Socket errors") {
		return load.Result{}, fmt.Errorf("the loader says\n%s", text)
	}
	n, err := strconv.ParseFloat(rate[1], 64)
	if err != nil {
		return load.Result{}, err
	}
	d, err := time.ParseDuration(p99[1])
	return load.Result{PerSecond: n, P99: d}, err
}
