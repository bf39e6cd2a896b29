package fntest

import (
	"bytes"
	"runtime"
	"strings"
	"testing"
	"time"
)

// patience is how long a goroutine may take to end once nothing holds it.
const patience = 2 * time.Second

// checkGoroutines fails the test when the framework leaves a goroutine behind
// that was not there before. It is registered before the app's stop, so it runs after it.
func checkGoroutines(tb testing.TB) {
	before := goroutines()
	tb.Cleanup(func() {
		left := leftBehind(before)
		for deadline := time.Now().Add(patience); len(left) > 0 && time.Now().Before(deadline); left = leftBehind(before) {
			runtime.Gosched()
		}
		for _, stack := range left {
			tb.Errorf("a goroutine is left behind:\n%s", stack)
		}
	})
}

// leftBehind returns the stacks of new goroutines that run the framework's
// code. Others may belong to tests that run at the same time.
func leftBehind(before map[string]string) []string {
	var left []string
	for id, stack := range goroutines() {
		if _, known := before[id]; !known && framework(stack) {
			left = append(left, stack)
		}
	}
	return left
}

// framework reports whether the goroutine was started by the framework, or by
// a function through it.
func framework(stack string) bool {
	_, creator, _ := strings.Cut(stack, "created by ")
	return strings.HasPrefix(creator, "github.com/anygrain/anygrain/") || strings.Contains(stack, "fn.(*Request).Go")
}

// goroutines returns the stacks of all goroutines by their ids.
func goroutines() map[string]string {
	buf := make([]byte, 64<<10)
	for {
		n := runtime.Stack(buf, true)
		if n < len(buf) {
			buf = buf[:n]
			break
		}
		buf = make([]byte, 2*len(buf))
	}
	stacks := map[string]string{}
	for stack := range bytes.SplitSeq(buf, []byte("\n\n")) {
		if head, _, ok := bytes.Cut(stack, []byte(" [")); ok {
			stacks[string(head)] = string(stack)
		}
	}
	return stacks
}
