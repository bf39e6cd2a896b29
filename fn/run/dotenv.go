//go:build !lambda

package run

import (
	"context"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/config"
)

// dotEnvFile is what a config is read from besides the environment, by every
// command of the server's binary.
const dotEnvFile = ".env"

// unitEnvironment adds to the environment what the file has of the config's
// variables: units are Lambda binaries, which read no such file themselves. What
// is set already stays, as it does for serve.
func unitEnvironment(ctx context.Context, env []string, variables []config.Variable, file config.Source) (all, names []string, err error) {
	all = slices.Clone(env)
	for _, v := range variables {
		if slices.ContainsFunc(env, func(set string) bool { return strings.HasPrefix(set, v.Name+"=") }) {
			continue
		}
		value, found, err := file.Lookup(ctx, v.Name)
		if err != nil {
			return nil, nil, err
		}
		if found {
			all, names = append(all, v.Name+"="+value), append(names, v.Name)
		}
	}
	return all, names, nil
}
