//go:build !lambda

package run

import (
	"context"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/remote"
	"github.com/anygrain/anygrain/fn/run/internal/tagcheck"
)

// serve runs the HTTP server until its context ends.
func serve(ctx context.Context, app App, f *flags, _ IO) error {
	if err := f.noOperands(); err != nil {
		return err
	}
	secret, _, err := config.Env().Lookup(ctx, remote.SecretVariable)
	if err != nil {
		return err
	}
	options := []fnhttp.Option{fnhttp.Start(append(f.selected(), fn.Strict(f.strict))...), fnhttp.CallSecret(config.NewSecret(secret))}
	if f.addr != "" {
		options = append(options, fnhttp.Addr(f.addr))
	}
	return unprefixed("fnhttp: ", fnhttp.ListenAndServe(ctx, warningApp{app, tagcheck.ThisBuild()}, options...))
}
