package main

import (
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
)

// lines writes the Go benchmark format, which benchstat reads
// (https://go.dev/design/14313-benchmark-format).
type lines struct {
	w      io.Writer
	headed bool
}

// add writes what was measured of a contender in one turn, by unit.
func (l *lines) add(benchmark, contender string, metrics []metric, values map[string]float64) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Benchmark%s/contender=%s 1", benchmark, contender)
	for _, m := range metrics {
		if m.quartile != 0 { // of what stands there already
			continue
		}
		fmt.Fprintf(&b, " %s %s", strconv.FormatFloat(values[m.unit], 'f', -1, 64), m.unit)
	}
	return l.write(b.String())
}

// write writes a line, below a head that says on what it was measured.
func (l *lines) write(line string) error {
	if !l.headed {
		l.headed = true
		if _, err := fmt.Fprintf(l.w, "goos: %s\ngoarch: %s\ncpu: %s\n", runtime.GOOS, runtime.GOARCH, processor()); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(l.w, line)
	return err
}

// read returns the measurements of a line, by unit.
func read(line string) (values map[string]float64, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
		return nil, false
	}
	values = map[string]float64{}
	for i := 2; i+1 < len(fields); i += 2 {
		number, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return nil, false
		}
		values[fields[i+1]] = number
	}
	return values, true
}
