package fn

import "slices"

// TakesEvents says that a function gets the events of a platform as they come: a Raw function that
// decodes what a queue or a bucket sends, or one whose In has the form of the event. The kinds name
// what it takes, in the words of the host ("sqs"; those of Lambda are in fnlambda's documentation).
// Without any it takes all that no other function of its unit takes.
//
// A unit hands an event to the function that declared it, however many there are: by its kind,
// and among functions of one kind by what EventsFrom says.
func TakesEvents(kinds ...string) FunctionOption {
	return functionOption(func(d *declaration) { d.takesEvents, d.eventKinds = true, slices.Clone(kinds) })
}

// EventsFrom says which of the events of TakesEvents a function takes: those from these sources, in
// the words of the platform, such as the name of a queue. Without it the function takes those that no
// other function of its unit names.
func EventsFrom(sources ...string) FunctionOption {
	return functionOption(func(d *declaration) {
		if len(sources) == 0 || slices.Contains(sources, "") {
			d.misuse = append(d.misuse, "EventsFrom: a source has no name; pass the name of a queue, a bucket, a rule, or leave the option out to take all")
		}
		d.eventSources = slices.Clone(sources)
	})
}

// Events returns what TakesEvents and EventsFrom say; ok is false for a function without TakesEvents.
func (f Function) Events() (kinds, sources []string, ok bool) {
	d := f.declared()
	return slices.Clone(d.eventKinds), slices.Clone(d.eventSources), d.takesEvents
}

// checkEvents finds sources of nothing.
func (d *declaration) checkEvents() {
	if len(d.eventSources) > 0 && !d.takesEvents {
		d.problem("", "it names the source of events and takes none; say which it takes with TakesEvents, or leave EventsFrom out")
	}
}
