//go:build !quickrules

package rules

import (
	"reflect"
	"sync"

	"github.com/go-playground/validator/v10"
)

// askers has for each type the validator that is asked about it: one for all types whose
// tags validator can take as they stand, and others that were given the tags written anew.
// Validator takes those only before it is used, so a type that comes later needs another;
// types that are announced when an app starts share one.
type askers struct {
	writer tagWriter
	create func() *validator.Validate
	usual  func() *validator.Validate // of the types whose tags are as they stand

	mu        sync.Mutex
	announced []reflect.Type
	of        sync.Map // reflect.Type of a struct → *validator.Validate
}

// announce says that a type will be asked about.
func (a *askers) announce(t reflect.Type) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.announced = append(a.announced, t)
}

// about returns the validator of a type.
func (a *askers) about(t reflect.Type) *validator.Validate {
	if v, ok := a.of.Load(t); ok {
		return v.(*validator.Validate)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if v, ok := a.of.Load(t); ok {
		return v.(*validator.Validate)
	}
	a.prepare(append(a.announced, t))
	a.announced = nil
	v, _ := a.of.Load(t)
	return v.(*validator.Validate)
}

// prepare makes the validator of some types. Those whose tags stay as they are get the
// usual one. Nobody gets the new one before it has the tags of all types: validator does
// not take them while it is used.
func (a *askers) prepare(types []reflect.Type) {
	var made *validator.Validate
	done := map[reflect.Type]bool{}
	anew := map[reflect.Type]bool{}
	for _, t := range types {
		for _, s := range structsOf(t) {
			tags := a.writer.rewritten(s)
			if tags == nil {
				continue
			}
			if made == nil {
				made = a.create()
			}
			if !done[s] {
				done[s] = true
				made.RegisterStructValidationMapRules(tags, reflect.Zero(s).Interface())
			}
			anew[t] = true
		}
	}
	for _, t := range types {
		if anew[t] {
			a.of.LoadOrStore(t, made)
		} else {
			a.of.LoadOrStore(t, a.usual())
		}
	}
}
