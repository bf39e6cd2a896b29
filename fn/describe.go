package fn

import (
	"context"
	"reflect"
	"slices"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/internal/rules/quick"
)

// Description is what an app consists of, as far as it can be known without
// secrets and a network.
type Description struct {
	App       string
	Functions []Function        // in the order of declaration
	Groups    []string          // that are registered in this binary, in the order of registration
	Needs     []Need            // what the app's own middleware uses, for every function
	Config    []config.Variable // what the config reads
	Warnings  []string          // what is declared in a way that may not be meant, with its place; each once, and none stops a start

	config reflect.Type
}

// QuickRules reports whether the rules of the config and of what goes into these functions are
// all decided without go-playground/validator, so that a unit of them can be built with the tag
// quickrules, which leaves that out. Rules of an app's own are not.
func (d *Description) QuickRules(functions []Function) bool {
	return quick.Decides(d.config) && !slices.ContainsFunc(functions, func(f Function) bool { return !quick.Decides(f.In()) })
}

// Config lists the variables that the config reads, without running a constructor.
// The error is what Start with these options would say about the config: with a
// *config.Error about values the list is there all the same.
func (a *App[C]) Config(ctx context.Context, options ...StartOption) ([]config.Variable, error) {
	if !a.made() {
		return nil, errNoApp
	}
	variables, err := a.core.describe()
	if err != nil {
		return nil, err
	}
	_, err = a.core.loadConfig(ctx, newStartSettings(options), false)
	return variables, err
}

// describeAll assembles the unit leniently and takes its functions.
func (a *app) describeAll(ctx context.Context, options []StartOption) (*Description, error) {
	unit, err := a.assemble(ctx, newStartSettings(options), true)
	if err != nil {
		return nil, err
	}
	variables, err := a.describe()
	if err != nil {
		return nil, err
	}
	return &Description{App: a.name, Functions: unit.Functions(), Groups: a.groupNames(),
		Needs: cloneNeeds(a.settings.needs), Config: variables, Warnings: unit.warnings(), config: a.config}, nil
}
