package dev

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/anygrain/anygrain/fn/grain"
)

// logs merge what all processes write, a line at a time, each behind the name of
// its unit.
type logs struct {
	mu     sync.Mutex
	to     io.Writer
	width  int
	colour bool
}

// self is the name under which dev itself speaks.
const self = "dev"

func newLogs(to io.Writer, units []grain.Unit, colour bool) *logs {
	l := &logs{to: to, width: len(self), colour: colour}
	for _, u := range units {
		l.width = max(l.width, len(u.Name))
	}
	return l
}

// say writes a line of dev's own.
func (l *logs) say(format string, args ...any) {
	l.line(self, 0, []byte(fmt.Sprintf(format, args...)))
}

// line writes one line. Colour counts from 1; 0 is none.
func (l *logs) line(name string, colour int, text []byte) {
	before, after := "", ""
	if l.colour && colour > 0 {
		before, after = fmt.Sprintf("\x1b[%dm", 31+colour%6), "\x1b[0m" // the colours of terminals without black and white
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = fmt.Fprintf(l.to, "%s%-*s |%s %s\n", before, l.width, name, after, text)
}

// lines returns the output of one unit.
func (l *logs) lines(name string, colour int) *lines {
	return &lines{logs: l, name: name, colour: colour}
}

// lines cuts what a process writes into lines. What is not ended by a line break
// is written when the process has ended.
type lines struct {
	logs   *logs
	name   string
	colour int

	mu   sync.Mutex
	rest []byte
}

// maxLine bounds what is kept of a line that does not end, in bytes.
const maxLine = 64 << 10

// Write implements io.Writer.
func (w *lines) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rest = append(w.rest, p...)
	for {
		line, after, ended := bytes.Cut(w.rest, []byte("\n"))
		if !ended && len(w.rest) < maxLine {
			return len(p), nil
		}
		w.logs.line(w.name, w.colour, bytes.TrimRight(line, "\r"))
		w.rest = append([]byte(nil), after...)
	}
}

// flush writes what is left.
func (w *lines) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.rest) > 0 {
		w.logs.line(w.name, w.colour, w.rest)
		w.rest = nil
	}
}
