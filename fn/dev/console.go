package dev

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/anygrain/anygrain/fn/grain"
)

// console merges what several sources write, a line at a time, each line behind
// the name of its source.
type console struct {
	width int
	color bool

	mu  sync.Mutex
	out io.Writer
}

// source is one who writes to the console. Its lines come whole: what has no
// line break waits for it, up to maxLine.
type source struct {
	console *console
	prefix  []byte

	mu   sync.Mutex
	rest []byte
}

// maxLine is where a line is cut, in bytes, so that an endless one is not kept.
const maxLine = 64 << 10

// own is the name under which this package itself writes.
const own = "dev"

// newConsole makes room for the longest of the names.
func newConsole(out io.Writer, color bool, units []grain.Unit) *console {
	c := &console{width: len(own), color: color, out: out}
	for _, u := range units {
		c.width = max(c.width, len(u.Name))
	}
	return c
}

// colors are those of the terminal that are readable on light and dark ground.
var colors = [...]int{36, 33, 32, 35, 34, 31, 96, 93, 92, 95, 94, 91}

// source returns the writer of the i-th unit; a negative i has no colour.
func (c *console) source(name string, i int) *source {
	prefix := fmt.Sprintf("%-*s |", c.width, name)
	if c.color && i >= 0 {
		prefix = fmt.Sprintf("\x1b[%dm%s\x1b[0m", colors[i%len(colors)], prefix)
	}
	return &source{console: c, prefix: []byte(prefix + " ")}
}

// printf writes a line of the source's own.
func (s *source) printf(format string, args ...any) { s.print([]byte(fmt.Sprintf(format, args...))) }

// Write implements io.Writer. It never fails: a process must not block, or die,
// because its log cannot be shown.
func (s *source) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rest = append(s.rest, p...)
	for {
		line, rest, ok := bytes.Cut(s.rest, []byte("\n"))
		switch {
		case ok:
			s.print(bytes.TrimSuffix(line, []byte("\r")))
			s.rest = rest
		case len(s.rest) >= maxLine:
			s.print(s.rest[:maxLine])
			s.rest = s.rest[maxLine:]
		default:
			s.rest = bytes.Clone(s.rest)
			return len(p), nil
		}
	}
}

// flush writes what has no line break and will get none.
func (s *source) flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.rest) > 0 {
		s.print(s.rest)
		s.rest = nil
	}
}

// print writes lines in one piece, so that no other source comes in between.
func (s *source) print(text []byte) {
	var b bytes.Buffer
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		b.Write(s.prefix)
		b.Write(line)
		b.WriteByte('\n')
	}
	s.console.write(b.Bytes())
}

func (c *console) write(p []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, _ = c.out.Write(p)
}
