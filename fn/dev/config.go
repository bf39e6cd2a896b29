package dev

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/grain"
)

// Config says what to run and how. The zero value of a field is what its comment says.
type Config struct {
	App     string       // the app's name
	Package string       // the main package, as the go command takes it; "" means "."
	Dir     string       // where the go command runs; "" means the working directory
	Units   []grain.Unit // at least one, each with a name of its own
	Callees string       // ANYGRAIN_CALLEES of every unit: where each finds the functions of the others

	Addr   string          // of the gateway; "" means localhost:8080, port 0 takes a free one
	Format awsevent.Format // of the gateway's events: HTTPAPI, HTTPAPIv1 or REST; "" means HTTPAPI

	Env    []string            // what the go command and the units inherit, usually os.Environ()
	Hidden map[string][]string // variables of Env that a unit does not get, by its name: those that only groups of other units read
	Out    io.Writer           // takes everything that is printed; nil drops it
	Color  bool                // whether unit names are coloured

	Timeout time.Duration // of an invoke; 0 means 30 seconds, as API Gateway has it
	Grace   time.Duration // that requests, and then processes, have to end; 0 means 5 seconds
}

const (
	defaultAddr    = "localhost:8080"
	defaultTimeout = 30 * time.Second
	defaultGrace   = 5 * time.Second
)

// complete returns a copy in which everything is said, or all that is wrong.
func (c Config) complete() (Config, error) {
	c.Package = or(c.Package, ".")
	c.Addr = or(c.Addr, defaultAddr)
	c.Format = or(c.Format, awsevent.HTTPAPI)
	c.Timeout = or(c.Timeout, defaultTimeout)
	c.Grace = or(c.Grace, defaultGrace)
	if c.Out == nil {
		c.Out = io.Discard
	}
	return c, c.check()
}

func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

func (c *Config) check() error {
	var problems []error
	problem := func(format string, args ...any) {
		problems = append(problems, fmt.Errorf("dev: "+format, args...))
	}
	if c.App == "" {
		problem("Config.App is empty; want the app's name, with which the names of the Lambda functions begin")
	}
	if gateways := []awsevent.Format{awsevent.HTTPAPI, awsevent.HTTPAPIv1, awsevent.REST}; !slices.Contains(gateways, c.Format) {
		problem("Config.Format is %q; want one of %q, which have routes", c.Format, gateways)
	}
	if len(c.Units) == 0 {
		problem("Config.Units is empty; want at least one")
	}
	seen := map[string]bool{}
	for i, u := range c.Units {
		switch {
		case u.Name == "":
			problem("Config.Units[%d] has no name", i)
		case seen[u.Name]:
			problem("Config.Units has the name %q twice; a unit is called by it", u.Name)
		case len(u.Functions) == 0:
			problem("the unit %q has no function", u.Name)
		}
		seen[u.Name] = true
	}
	return errors.Join(problems...)
}
