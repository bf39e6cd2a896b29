package config

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/joho/godotenv"
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

// dotEnv reads its file at the first lookup.
type dotEnv struct {
	path     string
	optional bool
	read     func() (map[string]string, error)
}

// DotEnv is a file of NAME=value lines. A file that does not exist is an error.
func DotEnv(path string) Source { return newDotEnv(path, false) }

func newDotEnv(path string, optional bool) *dotEnv {
	d := &dotEnv{path: path, optional: optional}
	d.read = sync.OnceValues(d.load)
	return d
}

// Lookup implements Source.
func (d *dotEnv) Lookup(_ context.Context, name string) (string, bool, error) {
	values, err := d.read()
	value, found := values[name]
	return value, found, err
}

func (d *dotEnv) load() (map[string]string, error) {
	f, err := os.Open(d.path)
	if d.optional && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the .env file: %w", err)
	}
	defer func() { _ = f.Close() }()
	values, err := godotenv.Parse(f)
	if err != nil { // godotenv's own text quotes the line, which may hold a secret
		return nil, fmt.Errorf("read the .env file: %s is not a list of NAME=value lines", d.path)
	}
	return values, nil
}

// first asks several sources.
type first []Source

// First asks the sources in order; the first that has a value wins.
func First(sources ...Source) Source { return first(sources) }

// Lookup implements Source.
func (f first) Lookup(ctx context.Context, name string) (string, bool, error) {
	for _, s := range f {
		value, found, err := s.Lookup(ctx, name)
		if found || err != nil {
			return value, found, err
		}
	}
	return "", false, nil
}
