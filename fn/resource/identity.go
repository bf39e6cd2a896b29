package resource

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/config"
)

// Identity is what a resource knows of itself when it is a field of a config: the variable, which
// is its ID, and the value, which is its Name. Types of resources embed it:
//
//	type Topic struct{ resource.Identity }
//
//	func (Topic) Kind() string       { return "topic" }
//	func (t Topic) Publish() fn.Need { return fn.Need{Resource: t, Access: fn.AccessSend} }
//
// Copies are the same resource. The zero Identity is of none: a need of it is a problem of the
// function that declares it.
type Identity struct{ known *known }

// known is what all copies share.
type known struct {
	field config.Field
	name  string

	mu     sync.Mutex
	used   []string                // the places that asked for the name
	report func(place string) bool // set when no function needs it
}

// ID returns the variable, "" when the resource is not from a config.
func (i Identity) ID() string { return i.Field().Variable }

// Field says which field of which config it is.
func (i Identity) Field() config.Field {
	if i.known == nil {
		return config.Field{}
	}
	return i.known.field
}

// Name returns what the resource is called in this stage: the value of the variable, "" when it has
// none, as while an app is described. When no function of the unit needs the resource, that is logged
// as an error with the place of the call; under fn.Strict, which tests and dev are, it fails the
// start, and Name returns "" after it.
func (i Identity) Name() string {
	if i.known == nil || i.known.use() {
		return ""
	}
	return i.known.name
}

// IsSet reports whether the resource has a name: one that is optional may have none.
func (i Identity) IsSet() bool { return i.known != nil && i.known.name != "" }

// use notes that the name is asked for and says whether it is refused.
func (k *known) use() bool {
	k.mu.Lock()
	report := k.report
	if report == nil && len(k.used) < maxUses {
		k.used = append(k.used, caller())
	}
	k.mu.Unlock()
	return report != nil && report(caller())
}

// maxUses is how many places are kept, for the case that no function needs the resource: those in
// constructors, which ask once or twice. Later calls are not to be slow.
const maxUses = 16

// caller is the file:line outside of this package that asks.
func caller() string {
	var callers [8]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "github.com/anygrain/anygrain/fn/resource.") {
			parts := strings.Split(frame.File, "/")
			return fmt.Sprintf("%s:%d", strings.Join(parts[max(0, len(parts)-2):], "/"), frame.Line)
		}
		if !more {
			return "unknown place"
		}
	}
}

// NotNeeded is for package fn, which calls it when no function needs the resource.
func (i Identity) NotNeeded(report func(place string) bool) {
	if i.known == nil || report == nil {
		return
	}
	i.known.mu.Lock()
	i.known.report = report
	used := slices.Clone(i.known.used)
	i.known.mu.Unlock()
	for _, place := range used {
		report(place)
	}
}

// Err says what is wrong with it as a resource: the zero one is of no config.
func (i Identity) Err() error {
	if i.ID() == "" {
		return errors.New("is a zero value, so that nobody can tell which one is meant: a resource learns who it is when its config is loaded; " +
			"in a unit test load the section, with config.Load and a config.Map, or start the app with it, with fn.WithConfig")
	}
	return nil
}

// Declare implements config.Declared.
func (i *Identity) Declare(field config.Field) {
	name := ""
	if i.known != nil {
		name = i.known.name
	}
	i.known = &known{field: field, name: name}
}

// UnmarshalText implements encoding.TextUnmarshaler: the text is the name.
func (i *Identity) UnmarshalText(text []byte) error {
	i.known = &known{name: string(text)}
	return nil
}

// ValidatorValue gives the rules of validate tags the name.
func (i Identity) ValidatorValue() any {
	if i.known == nil {
		return ""
	}
	return i.known.name
}
