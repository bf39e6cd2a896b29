package fntest

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/internal/router"
)

// split is an app that is cut into Lambda functions behind one HTTP API. What
// the constructors made is shared by them, as a database would be; all calls from one
// to another go through bytes.
type split struct {
	whole  *onLambda            // for what no route takes, which is the front door's business
	units  map[string]*onLambda // by the names of their functions
	router *router.Router[string]
}

// cut returns the opener of an app that is cut into units by a key of its functions.
func cut(key func(fn.Function) string) opener {
	return func(ctx context.Context, unit *fn.Unit) (server, error) {
		s := &split{units: map[string]*onLambda{}}
		var err error
		if s.whole, err = newOnLambda(ctx, unit, awsevent.HTTPAPI, true, ""); err != nil {
			return nil, err
		}
		if s.router, err = routerOf(unit); err != nil {
			return nil, err
		}
		members := map[string][]string{}
		for _, f := range unit.Functions() {
			members[key(f)] = append(members[key(f)], f.Name())
		}
		for _, names := range members {
			if err := s.open(ctx, unit.Part(s, names...), names); err != nil {
				return nil, err
			}
		}
		return s, nil
	}
}

func byGroup(f fn.Function) string    { return f.Group() }
func byFunction(f fn.Function) string { return f.Name() }

func (s *split) open(ctx context.Context, part *fn.Unit, names []string) error {
	l, err := newOnLambda(ctx, part, awsevent.HTTPAPI, true, "")
	for _, name := range names {
		s.units[name] = l
	}
	return err
}

// Carry implements fn.Transport: a Lambda Invoke without the network. Nothing
// of the caller's context passes but its end.
func (s *split) Carry(ctx context.Context, function string, payload []byte) ([]byte, error) {
	l, ok := s.units[function]
	if !ok {
		return nil, fn.Errorf(fn.Unimplemented, "").WithCause(fmt.Errorf("the app has no function %s", function))
	}
	return l.handler.Invoke(bare{ctx}, payload)
}

// bare is a context without values, as it is in another process.
type bare struct{ context.Context }

// Value implements context.Context.
func (bare) Value(any) any { return nil }

// AfterFunc spares a goroutine per context; see context.AfterFunc.
func (b bare) AfterFunc(f func()) (stop func() bool) { return context.AfterFunc(b.Context, f) }

func (s *split) do(ctx context.Context, r Request) (*Response, error) { return s.of(r).do(ctx, r) }

func (s *split) losses(r Request) []string { return s.of(r).losses(r) }

// of returns the unit that the front door sends the request to.
func (s *split) of(r Request) *onLambda {
	path, query := r.split()
	if m := s.router.Match(r.method, path, query); m.Found {
		return s.units[m.Value]
	}
	return s.whole
}

func (s *split) invoke(ctx context.Context, name string, in []byte) ([]byte, error) {
	if l, ok := s.units[name]; ok {
		return l.invoke(ctx, name, in)
	}
	return s.whole.invoke(ctx, name, in)
}
