package fn

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
)

// frameworkPackages are the packages in which a declaration may pass through before it
// is noted: the place that helps is that of the code that called them.
var frameworkPackages = []string{
	"github.com/anygrain/anygrain/fn.",
	"github.com/anygrain/anygrain/fn/fnhttp.",
	"github.com/anygrain/anygrain/fn/fnlambda.",
}

// place is where something was declared. It is looked up in the program's tables
// only when somebody asks, as hardly anybody does.
type place struct{ callers [8]uintptr }

// callerPlace returns the place of the nearest caller outside the framework.
func callerPlace() *place {
	if checked() { // nothing is wrong, so that nobody asks; and it is what a declaration takes most time for
		return nil
	}
	p := &place{}
	runtime.Callers(2, p.callers[:])
	return p
}

// String returns file:line.
func (p *place) String() string {
	if p == nil {
		return ""
	}
	n := slices.Index(p.callers[:], 0)
	if n < 0 {
		n = len(p.callers)
	}
	frames := runtime.CallersFrames(p.callers[:n])
	for {
		frame, more := frames.Next()
		if frame.Function != "" && !isFramework(frame.Function) {
			return fmt.Sprintf("%s:%d", shortFile(frame.File), frame.Line)
		}
		if !more {
			return "unknown place"
		}
	}
}

// at is where the function is declared, or where nobody noted that, its handler.
func (d *declaration) at() string {
	if d.place != nil || d.handler == nil {
		return d.place.String()
	}
	f := runtime.FuncForPC(reflect.ValueOf(d.handler).Pointer())
	if f == nil {
		return ""
	}
	file, line := f.FileLine(f.Entry())
	return fmt.Sprintf("%s:%d", shortFile(file), line)
}

func isFramework(function string) bool {
	for _, prefix := range frameworkPackages {
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
