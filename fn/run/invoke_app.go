//go:build !lambda

package run

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/remote"
	"github.com/anygrain/anygrain/internal/funcname"
)

// invokedApp is what an invoke starts of an app: the groups of the functions that
// are selected, and each other group when it is called for the first time. So
// every constructor runs once at most, with the config, and none without need.
type invokedApp struct {
	ctx       context.Context // of the command, for what is started later
	app       App
	unit      *fn.Unit     // of the selected groups
	names     []string     // of the selected functions
	elsewhere fn.Transport // to functions that the app does not have

	mu     sync.Mutex
	groups map[string]started
	all    []*fn.Unit
}

// started is how the start of a group went. The unit is nil for one that the app does
// not have.
type started struct {
	unit *fn.Unit
	err  error
}

// startInvoked starts the groups of the selected functions, all without a selector.
func startInvoked(ctx context.Context, app App, selectors ...string) (*invokedApp, error) {
	elsewhere, err := remote.FromEnvironment(ctx, config.Env())
	if err != nil {
		return nil, err
	}
	i := &invokedApp{ctx: ctx, app: app, elsewhere: elsewhere, groups: map[string]started{}}
	selectors = funcname.Fields(strings.Join(selectors, ","))
	if i.unit, err = i.start(append(slices.Clone(selectors), groupsOf(selectors)...)...); err != nil {
		return nil, err
	}
	for _, f := range i.unit.Functions() {
		i.groups[f.Group()] = started{unit: i.unit}
		if len(selectors) == 0 || slices.ContainsFunc(selectors, func(s string) bool { return funcname.Selects(s, f.Name()) }) {
			i.names = append(i.names, f.Name())
		}
	}
	return i, nil
}

// groupsOf returns selectors of the whole groups: what is constructed anyway.
func groupsOf(selectors []string) []string {
	var groups []string
	for _, s := range selectors {
		if group, _, ok := strings.Cut(s, "."); ok {
			groups = append(groups, funcname.WholeGroup(group))
		}
	}
	return groups
}

func (i *invokedApp) start(selectors ...string) (*fn.Unit, error) {
	unit, err := i.app.Start(i.ctx, fn.Strict(true), fn.WithTransport(i), fn.Select(selectors...))
	if err == nil {
		i.all = append(i.all, unit)
	}
	return unit, err
}

// hostName is what requests of the command invoke are told of their host.
const hostName = "local"

// Carry implements fn.Transport: calls go to the units of this process.
func (i *invokedApp) Carry(ctx context.Context, function string, payload []byte) ([]byte, error) {
	unit, err := i.group(funcname.GroupOf(function))
	if err != nil {
		return nil, err
	}
	if unit != nil {
		if _, ok := unit.Lookup(function); ok {
			return unit.Host(hostName).Answer(ctx, &fn.Request{From: fn.InputFromJSON(payload)}), nil
		}
	}
	return i.elsewhere.Carry(ctx, function, payload)
}

// group returns the unit of the group, nil when the app does not have it.
func (i *invokedApp) group(name string) (*fn.Unit, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	group, known := i.groups[name]
	if !known {
		group.unit, group.err = i.start(funcname.WholeGroup(name))
		if _, missing := errors.AsType[*fn.SelectError](group.err); missing {
			group.err = nil
		}
		i.groups[name] = group
	}
	if group.err != nil { // another try would not help
		return nil, fn.Errorf(fn.Internal, "").WithCause(group.err)
	}
	return group.unit, nil
}

// stop stops everything that was started, the last first.
func (i *invokedApp) stop(ctx context.Context) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	var problems []error
	for _, unit := range slices.Backward(i.all) {
		problems = append(problems, unit.Stop(ctx))
	}
	return errors.Join(problems...)
}
