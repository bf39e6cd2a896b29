package run

import (
	"context"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/remote"
)

// App is what Main runs: an *fn.App of any config type.
type App interface {
	fn.Starter
	// Name returns the app's name.
	Name() string
	// Describe tells what the app consists of, without secrets, network or hooks.
	Describe(ctx context.Context, options ...fn.StartOption) (*fn.Description, error)
	// Config lists what the config reads, without constructors; the error is about the values.
	Config(ctx context.Context, options ...fn.StartOption) ([]config.Variable, error)
}

// callingApp is the app with a transport to the functions of other units, as the
// environment says.
type callingApp struct{ App }

// Start implements fn.Starter. What the options say comes later and wins.
func (a callingApp) Start(ctx context.Context, options ...fn.StartOption) (*fn.Unit, error) {
	t, err := remote.FromEnvironment(ctx, config.Env())
	if err != nil {
		return nil, err
	}
	return a.App.Start(ctx, append([]fn.StartOption{fn.WithTransport(t)}, options...)...)
}
