package fntest

import (
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// A goroutine that nothing holds any more may take up to patience, about a second
// in all, to end. To look for it is to stop the whole process, so it is done a few
// times only: after a pause that doubles.
const (
	firstPause = time.Millisecond
	patience   = time.Second
)

// Background names functions, such as "example.com/metrics.flush", whose
// goroutines are meant to outlive a test: what a package starts once for the
// whole process.
func Background(functions ...string) Option {
	return func(s *settings) { s.background = append(s.background, functions...) }
}

// checkGoroutines fails the test when it leaves a goroutine behind that was not
// there before. It is registered before the app's stop, so it runs after it.
//
// A goroutine says by which other one it was started, so that those of tests
// that run at the same time are told apart. What a function starts from another
// goroutine that has ended since, as under middleware.Timeout, is not seen. One
// that is about to end is waited for: nothing would tell when it has ended.
//
// The goroutines that serving names ran functions in the test's stead: those of
// a server's connections.
func checkGoroutines(tb testing.TB, background []string, serving func() []string) {
	test, before := current(), goroutines()
	tb.Cleanup(func() {
		parents := append(serving(), test)
		left := leftBehind(parents, before, background)
		for pause := firstPause; len(left) > 0 && pause < patience; pause *= 2 {
			time.Sleep(pause)
			left = leftBehind(parents, before, background)
		}
		for _, stack := range left {
			tb.Errorf("a goroutine is left behind; end it in a hook of fn.OnStop, or name it with fntest.Background:\n%s", stack)
		}
	})
}

// leftBehind returns the stacks of the goroutines that are new and descend from
// the test's own, sorted. Of an orphan, whose parent has ended, nobody knows the
// test; it counts when the framework started it.
func leftBehind(parents []string, before map[string]goroutine, background []string) []string {
	var left []string
	now := goroutines()
	for id, g := range now {
		if _, known := before[id]; known || g.ofRuntime() || g.runs(background) {
			continue
		}
		_, hasParent := now[g.parent]
		if descends(id, parents, before, now) || !hasParent && g.ofFramework() {
			left = append(left, g.stack)
		}
	}
	slices.Sort(left)
	return left
}

// descends follows the parents of a goroutine up to one of those. One that was
// there before, such as a server's, may go on starting others.
func descends(id string, parents []string, before, now map[string]goroutine) bool {
	for range len(now) {
		g, alive := now[id]
		if _, known := before[id]; !alive || known {
			return false
		}
		if slices.Contains(parents, g.parent) {
			return true
		}
		id = g.parent
	}
	return false
}

// goroutine is one goroutine of a dump.
type goroutine struct {
	stack   string
	creator string // the function that started it
	parent  string // the id of the goroutine that did
}

// ofRuntime reports whether the goroutine belongs to the runtime, to the
// testing package, or to signal handling, which a process starts once.
func (g goroutine) ofRuntime() bool {
	for _, owner := range []string{"testing.", "runtime.", "os/signal."} {
		if strings.HasPrefix(g.creator, owner) {
			return true
		}
	}
	return g.creator == ""
}

func (g goroutine) ofFramework() bool {
	return strings.HasPrefix(g.creator, "github.com/anygrain/anygrain/")
}

func (g goroutine) runs(functions []string) bool {
	return slices.ContainsFunc(functions, func(name string) bool { return strings.Contains(g.stack, name+"(") })
}

// createdBy is the end of a stack: who started the goroutine (runtime.Stack).
var createdBy = regexp.MustCompile(`(?m)^created by (\S+) in goroutine (\d+)$`)

// goroutines returns all goroutines by their ids.
func goroutines() map[string]goroutine {
	all := map[string]goroutine{}
	for stack := range strings.SplitSeq(dump(true), "\n\n") {
		g := goroutine{stack: stack}
		if m := createdBy.FindStringSubmatch(stack); m != nil {
			g.creator, g.parent = m[1], m[2]
		}
		all[id(stack)] = g
	}
	return all
}

// current returns the id of the goroutine that calls it.
func current() string { return id(dump(false)) }

// id reads "goroutine 7 [running]:".
func id(stack string) string {
	text, _, _ := strings.Cut(strings.TrimPrefix(stack, "goroutine "), " ")
	return text
}

func dump(all bool) string {
	for size := 64 << 10; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, all); n < size {
			return string(buf[:n])
		}
	}
}
