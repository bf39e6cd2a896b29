package fn

import "slices"

// TakesEvents says that a function without an In decodes the events of a platform
// by itself: a Raw function that is invoked with what a queue or a bucket sends. The kinds name
// what it takes ("events.SQSEvent"); without any it takes all there are. In a unit
// on Lambda nothing in an event says which function is meant, so that a function
// with kinds has to be the only one of its unit.
func TakesEvents(kinds ...string) FunctionOption {
	return functionOption(func(d *declaration) { d.takesEvents, d.eventKinds = true, slices.Clone(kinds) })
}

// Events returns what TakesEvents says; ok is false for a function without it.
func (f Function) Events() (kinds []string, ok bool) {
	return slices.Clone(f.declared().eventKinds), f.declared().takesEvents
}
