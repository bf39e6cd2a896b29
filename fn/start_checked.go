package fn

import (
	"context"
	"errors"
	"slices"
)

// proof is set by the linker (-ldflags "-X github.com/anygrain/anygrain/fn.proof=HASH") in a
// build whose declarations have been checked: HASH is grain.Proof of its functions. Such a build
// does not check them again at each start, and compiles what a function needs when it is first
// used. It is the promise of who builds, not a security check: what is compiled late checks
// itself, and a promise that was wrong is an error in the log.
var proof string

// checked reports whether this is such a build.
func checked() bool { return proof != "" }

// smallUnit is how many functions are compiled at the start all the same: a Lambda has more of
// a processor then than at a request (AWS Lambda, the lifecycle of the execution environment).
const smallUnit = 8

// ready makes what the function needs, when it is first used: in a build that was checked.
func (e *entry) ready() {
	e.once.Do(func() {
		defer func() {
			if e.invoke == nil { // a middleware or a validator has panicked, which the first to come will log
				e.invoke = e.refuse(errNeverReady)
			}
		}()
		d, app := e.function.d, e.unit.app
		invoke := d.invoke
		if problems := e.deferredProblems(); len(problems) > 0 {
			invoke = e.refuse(&staleProof{DeclarationError{App: app.name, Problems: problems}})
		}
		if e.timeout > 0 && d.name != "" {
			invoke = withTimeLimit(invoke)
		}
		e.invoke = chain(invoke, app.settings.middleware, d.middleware)
	})
}

// errNeverReady is what is wrong with a function whose first use panicked before it was called.
var errNeverReady = errors.New("the function could not be made ready for use: what panicked then is in the log of the first request")

// refuse returns the invoker of a function that cannot be used.
func (e *entry) refuse(why error) Invoker {
	e.broken = internalError(why)
	return func(context.Context, *Request) (*Reply, error) { return nil, e.broken }
}

// deferredProblems are what a build that was not checked finds at its start.
func (e *entry) deferredProblems() []Problem {
	if !checked() {
		return nil
	}
	return append(e.function.d.deferredProblems(), e.function.d.ruleProblems(e.unit.validator)...)
}

// deferredProblems checks what was left out at the declaration.
func (d *declaration) deferredProblems() []Problem {
	if !checked() {
		return nil
	}
	c := d.clone()
	c.routes = slices.DeleteFunc(c.routes, func(r HTTPRoute) bool { return !c.parseRoute(&r) })
	if d.codecs != nil {
		c.bindingProblems(d.codecs.compiled().problems)
		c.checkRoutes()
	}
	return c.problems
}

// staleProof is what is wrong with a declaration of a build that says that it was checked.
type staleProof struct{ DeclarationError }

// Error says which build it is.
func (e *staleProof) Error() string {
	return "this build says that its declarations were checked (" + proof + "), and they were not: " + e.DeclarationError.Error()
}

// Unwrap returns the problems.
func (e *staleProof) Unwrap() error { return &e.DeclarationError }
