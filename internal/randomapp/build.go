package randomapp

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// Effects is what the functions of an app did, in their order.
type Effects struct {
	mu  sync.Mutex
	all []string
}

func (e *Effects) add(what string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, what)
}

// Take returns what was done since the last Take.
func (e *Effects) Take() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	all := strings.Join(e.all, "\n")
	e.all = nil
	return all
}

// Build makes the app, and where its functions leave their effects.
func (a App) Build() (*fn.App[fn.NoConfig], *Effects, error) {
	effects := &Effects{}
	app := fn.NewApp[fn.NoConfig]("random", fn.Use(a.middleware(effects)...))
	all := map[string]*function{}
	for _, declared := range a.Functions {
		f, err := newFunction(declared, effects)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", declared.Name, err)
		}
		all[declared.Name] = f
	}
	for _, declared := range a.Functions {
		f, err := all[declared.Name].finish(all)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", declared.Name, err)
		}
		app.Add(f)
	}
	return app, effects, nil
}

func (a App) middleware(effects *Effects) []fn.Middleware {
	var all []fn.Middleware
	if !a.Bare {
		all = middleware.Default()
	}
	if a.CORS {
		all = append(all, middleware.CORS(middleware.CORSOptions{AllowedOrigins: []string{"https://shop.example"}}))
	}
	if a.Watched {
		all = append(all, watch(effects))
	}
	return all
}

// function is a function that is being made.
type function struct {
	Function
	contract Contract
	in       *binding.In
	out      *binding.Out
	outType  reflect.Type
	inType   reflect.Type
	callees  []*function
	effects  *Effects
}

func newFunction(declared Function, effects *Effects) (*function, error) {
	f := &function{Function: declared, effects: effects}
	var err error
	if f.inType, err = declared.In.reflect(); err != nil {
		return nil, err
	}
	if f.outType, err = declared.Out.reflect(); err != nil {
		return nil, err
	}
	f.in, _ = binding.CompileIn(f.inType) // the app reports problems
	f.out, _ = binding.CompileOut(f.outType)
	var options []fn.FunctionOption
	for _, r := range declared.Routes {
		options = append(options, fn.Route(r))
	}
	if declared.Again {
		options = append(options, fn.Idempotent())
	}
	f.contract = f.define(options)
	return f, nil
}

// finish makes the function of the contract, now that all contracts are there.
func (f *function) finish(all map[string]*function) (fn.Function, error) {
	var options []fn.FunctionOption
	for _, name := range f.Calls {
		callee, ok := all[name]
		if !ok {
			return fn.Function{}, fmt.Errorf("it calls %q, which is not there", name)
		}
		f.callees = append(f.callees, callee)
		options = append(options, fn.Needs(callee.contract))
	}
	if f.Loose {
		options = append(options, fn.AllowUnknown())
	}
	if f.Limit > 0 {
		options = append(options, fn.BodyLimit(f.Limit))
	}
	return f.contract.With(func(ctx context.Context, in any) (any, error) { return f.handle(ctx, in) }, options...), nil
}
