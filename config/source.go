package config

import (
	"context"
	"os"
)

// Source is where values come from: the environment, a file, a store of
// parameters or secrets. It is asked once for each variable of a config.
type Source interface {
	// Lookup returns the value of the variable and whether there is one. An
	// error means that the source could not be asked.
	Lookup(ctx context.Context, name string) (value string, found bool, err error)
}

// Map is a Source of fixed values: what a test uses.
type Map map[string]string

// Lookup implements Source.
func (m Map) Lookup(_ context.Context, name string) (string, bool, error) {
	value, found := m[name]
	return value, found, nil
}

type environment struct{}

// Env is the environment of the process. Nothing else in this package reads it.
func Env() Source { return environment{} }

func (environment) Lookup(_ context.Context, name string) (string, bool, error) {
	value, found := os.LookupEnv(name)
	return value, found, nil
}

// first asks several sources.
type first []Source

// First asks the sources in order; the first that has a value wins. One that is
// nil has none.
func First(sources ...Source) Source { return first(sources) }

// Lookup implements Source.
func (f first) Lookup(ctx context.Context, name string) (string, bool, error) {
	for _, s := range f {
		if s == nil {
			continue
		}
		value, found, err := s.Lookup(ctx, name)
		if found || err != nil {
			return value, found, err
		}
	}
	return "", false, nil
}
