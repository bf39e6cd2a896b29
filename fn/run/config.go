//go:build !lambda

package run

import (
	"context"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/config"
)

// showConfig prints what the config reads; never a value.
func showConfig(ctx context.Context, app App, f *flags, streams IO) error {
	if err := f.noOperands(); err != nil {
		return err
	}
	description, err := app.Describe(ctx)
	if err != nil {
		return err
	}
	if f.json {
		return json.MarshalWrite(streams.Out, description.Config, jsontext.WithIndent("  "))
	}
	_, err = fmt.Fprint(streams.Out, config.Table(description.Config))
	return err
}
