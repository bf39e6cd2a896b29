package fn

import "slices"

// Part returns a unit of these functions alone, which calls the others through
// the transport. They are the functions of u, with the state that they were
// constructed with: it shows what a grain does to calls without starting the
// app anew, as tests want it. Goroutines and hooks
// are those of u, which alone is to be stopped.
func (u *Unit) Part(t Transport, functions ...string) *Unit {
	part := &Unit{
		app: u.app, logger: u.logger, validator: u.validator, hooks: &hooks{}, byName: map[string]*entry{},
		transport: t, strict: u.strict, running: u.running, stopping: u.stopping,
	}
	var chosen []Function
	for _, e := range u.entries {
		if slices.Contains(functions, e.function.Name()) {
			chosen = append(chosen, e.function)
		}
	}
	part.enter(chosen, nil)
	return part
}
