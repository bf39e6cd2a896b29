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
type place struct {
	callers [8]uintptr
	code    uintptr // instead of them: the function that was handed over there
}

// callerPlace returns the place of the nearest caller outside the framework. A build that was checked
// notes none for a function of the app: nothing is wrong there, so that nobody asks, and it is what a
// declaration takes most time for.
func callerPlace() *place {
	if checked() {
		return nil
	}
	p := &place{}
	runtime.Callers(2, p.callers[:])
	return p
}

// placeOf is callerPlace of what can fail at a start or a stop in every build: a constructor, a hook.
// Where no callers are noted, it is that of the function itself.
func placeOf(function any) *place {
	if noted := callerPlace(); noted != nil {
		return noted
	}
	return &place{code: reflect.ValueOf(function).Pointer()}
}

// String returns file:line.
func (p *place) String() string {
	switch {
	case p == nil:
		return ""
	case p.code != 0:
		return codePlace(p.code)
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
	return codePlace(reflect.ValueOf(d.handler).Pointer())
}

// codePlace is the file:line of a function; of a method value, which stands in no file, its name
// as in "orders.(*Service).Get". Nil, and what the framework has made around a user's function, has none.
func codePlace(pc uintptr) string {
	f := runtime.FuncForPC(pc)
	if f == nil || isFramework(f.Name()) {
		return ""
	}
	if name, ok := strings.CutSuffix(f.Name(), "-fm"); ok {
		return name[strings.LastIndexByte(name, '/')+1:]
	}
	file, line := f.FileLine(f.Entry())
	return fmt.Sprintf("%s:%d", shortFile(file), line)
}

// inBrackets is a place behind a name: " (orders/orders.go:31)", "" for none.
func inBrackets(place string) string {
	if place == "" {
		return ""
	}
	return " (" + place + ")"
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
