package run

import (
	"context"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
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
