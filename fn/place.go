package fn

import (
	"fmt"
	"runtime"
	"strings"
)

// ourFrames are the packages in which a declaration may pass through before it
// is noted: the place that helps is that of the code that called them.
var ourFrames = []string{
	"github.com/anygrain/anygrain/fn.",
	"github.com/anygrain/anygrain/fn/fnhttp.",
	"github.com/anygrain/anygrain/fn/fnlambda.",
}

// callerPlace returns file:line of the nearest caller outside the framework.
func callerPlace() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		if !isOurs(frame.Function) {
			return fmt.Sprintf("%s:%d", shortFile(frame.File), frame.Line)
		}
		if !more {
			return "unknown place"
		}
	}
}

func isOurs(function string) bool {
	for _, prefix := range ourFrames {
		if strings.HasPrefix(function, prefix) {
			return true
		}
	}
	return false
}

// shortFile keeps the last directory of a file name: enough to find it, the
// same on every machine that builds it.
func shortFile(file string) string {
	parts := strings.Split(file, "/")
	return strings.Join(parts[max(0, len(parts)-2):], "/")
}
