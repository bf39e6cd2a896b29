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
	variables, err := app.Config(ctx)
	switch {
	case err != nil && variables == nil: // else it is about values
		return err
	case f.json:
		return json.MarshalWrite(streams.Out, variables, jsontext.WithIndent("  "))
	case len(variables) == 0:
		_, err = fmt.Fprintf(streams.Out, "%s has no config: it reads no variables\n", app.Name())
		return err
	}
	_, err = fmt.Fprint(streams.Out, config.Table(variables))
	return err
}
