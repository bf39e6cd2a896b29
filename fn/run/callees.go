//go:build !lambda

package run

import (
	"context"
	"slices"

	"github.com/anygrain/anygrain/fn"
)

// startWithCallees starts the selected functions and those that they call,
// directly or not; everything when nothing is selected. The names are those of
// the selected alone.
func startWithCallees(ctx context.Context, app App, selectors ...string) (unit *fn.Unit, names []string, err error) {
	selected, err := app.Describe(ctx, fn.Select(selectors...))
	if err != nil {
		return nil, nil, err
	}
	names = namesOf(selected.Functions)
	whole, err := app.Describe(ctx)
	if err != nil {
		return nil, nil, err
	}
	unit, err = app.Start(ctx, fn.Strict(true), fn.Select(withCallees(whole, names)...))
	return unit, names, err
}

// withCallees adds what the named functions call, as far as the app has it.
func withCallees(app *fn.Description, names []string) []string {
	byName := map[string]fn.Function{}
	for _, f := range app.Functions {
		byName[f.Name()] = f
	}
	var all []string
	for queue := slices.Concat(names, app.Uses); len(queue) > 0; queue = queue[1:] {
		f, ok := byName[queue[0]]
		if ok && !slices.Contains(all, f.Name()) {
			all = append(all, f.Name())
			queue = append(queue, f.Uses()...)
		}
	}
	return all
}

func namesOf(functions []fn.Function) []string {
	names := make([]string, len(functions))
	for i, f := range functions {
		names[i] = f.Name()
	}
	return names
}

// inProcess carries calls to a unit of this process.
type inProcess struct{ unit *fn.Unit }

// Carry implements fn.Transport.
func (p inProcess) Carry(ctx context.Context, _ string, payload []byte) ([]byte, error) {
	return p.unit.Answer(ctx, &fn.Request{Host: "local", Payload: payload}), nil
}
