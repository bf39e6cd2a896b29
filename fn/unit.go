package fn

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/binding"
)

// Unit is a started app, or the part of it that was selected: what a host
// serves. It is safe for concurrent use.
type Unit struct {
	app              *app
	logger           zerolog.Logger
	validator        binding.Validator
	hooks            *hooks
	entries          []*entry // in the order of declaration
	byName           map[string]*entry
	unmatched        *entry
	around           Caller            // the middleware of calls; nil when there is none
	transport        Transport         // to the functions of other units; nil when there is none
	strict           bool              // a call that Needs does not declare fails
	undeclaredLogged sync.Map          // the undeclared calls that have been logged, as [2]string
	whole            bool              // nothing is left out by Select
	describing       bool              // it is only described
	unneeded         []fieldOfResource // resources of its configs that no function needs
	undeclared       undeclaredUses
	warm             atomic.Bool     // a request has been served
	running          *sync.WaitGroup // goroutines started with Request.Go
	stopping         *stopSignal
	stop             sync.Once
	stopErr          error
}

// entry is a function in a unit: everything a request needs, put together once.
type entry struct {
	unit     *Unit
	function Function
	once     sync.Once
	invoke   Invoker // the function inside all its middleware
	broken   *Error  // why it cannot be used, in a build that only claims to have been checked
	limits   binding.Limits
	timeout  time.Duration
	callees  map[string]bool // the functions that it may call
	bare     bool            // no middleware stands around it
}

// addEntries makes the entries of the selected functions.
func (u *Unit) addEntries(functions []Function, s selection) {
	u.around = u.app.settings.newCaller()
	entries := make([]entry, len(functions)+1) // in one piece of memory
	u.byName = make(map[string]*entry, len(functions))
	for i, f := range functions {
		if !s.function(f.Name()) {
			continue
		}
		if first := u.byName[f.Name()]; first != nil { // a build that was checked has none
			first.function = first.function.claimedBy(f)
			continue
		}
		e := entries[i].set(u, f)
		u.entries = append(u.entries, e)
		u.byName[f.Name()] = e
	}
	u.unmatched = entries[len(functions)].set(u, Function{&declaration{invoke: unmatched}})
	if checked() && len(u.entries) > smallUnit {
		u.unmatched.ready() // what panics in the app's middleware stops this start too
		return
	}
	for _, e := range u.entries {
		e.ready()
	}
}

// set fills an entry with what the function and the app say.
func (e *entry) set(u *Unit, f Function) *entry {
	own, general := &f.d.shared, &u.app.settings.shared
	e.unit, e.function, e.timeout = u, f, own.limit()
	if e.timeout == 0 {
		e.timeout = general.limit()
	}
	e.limits = binding.Limits{
		Body:         own.bodyLimit,
		AllowUnknown: own.allowUnknown || general.allowUnknown,
		LooseNames:   own.looseNames || general.looseNames,
		AnyMediaType: own.anyMediaType || general.anyMediaType,
	}
	if e.limits.Body <= 0 {
		e.limits.Body = general.bodyLimit
	}
	if e.limits.Body <= 0 {
		e.limits.Body = binding.DefaultBodyLimit
	}
	e.callees = calleesOf(own.needs, general.needs)
	e.bare = len(general.middleware)+len(own.middleware) == 0 && e.timeout <= 0
	return e
}

// Name returns the app's name.
func (u *Unit) Name() string { return u.app.name }

// Functions lists the functions that the unit serves, in the order of declaration.
func (u *Unit) Functions() []Function {
	functions := make([]Function, len(u.entries))
	for i, e := range u.entries {
		functions[i] = e.function
	}
	return functions
}

// Lookup returns the function of that name, if the unit serves it.
func (u *Unit) Lookup(name string) (Function, bool) {
	e, ok := u.byName[name]
	if !ok {
		return Function{}, false
	}
	return e.function, true
}

// Logger returns the app's logger.
func (u *Unit) Logger() *zerolog.Logger { return &u.logger }

// Start returns the unit itself: it has been started. It makes a Unit a Starter.
func (u *Unit) Start(context.Context, ...StartOption) (*Unit, error) {
	if u == nil {
		return nil, errors.New("the unit is nil; pass one that App.Start returned without an error")
	}
	return u, nil
}

// Stop tells those who listen to Stopping, waits for the unit's goroutines until ctx ends, then runs the stop
// hooks. The host calls it when nothing is served any more; a second call
// returns what the first did.
func (u *Unit) Stop(ctx context.Context) error {
	u.stopping.send()
	u.stop.Do(func() {
		u.wait(ctx)
		u.stopErr = u.hooks.runStop(ctx)
		if c, ok := u.transport.(interface{ Close() }); ok {
			c.Close()
		}
	})
	return u.stopErr
}

// wait waits for the goroutines that requests started, at most until ctx ends.
func (u *Unit) wait(ctx context.Context) {
	done := make(chan struct{})
	go func() {
		u.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}
