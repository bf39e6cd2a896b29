package run

import (
	"context"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/remote"
)

// calling is the app with a transport to the functions of other units, as the
// environment says.
type calling struct{ App }

// Start implements fn.Starter. What the options say comes later and wins.
func (a calling) Start(ctx context.Context, options ...fn.StartOption) (*fn.Unit, error) {
	t, err := remote.FromEnvironment(ctx, config.Env())
	if err != nil {
		return nil, err
	}
	return a.App.Start(ctx, append([]fn.StartOption{fn.WithTransport(t)}, options...)...)
}
