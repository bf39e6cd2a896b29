// Package calling has one function and the ways in which another calls it.
package calling

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

type addition struct {
	A int `json:"a" validate:"max=100"`
	B int `json:"b" validate:"max=100"`
}

var add = fn.Define[addition, addition]("maths.add")

func sum(_ context.Context, in addition) (addition, error) { return addition{A: in.A + in.B}, nil }

// Way is a way of calling it.
type Way struct {
	Name string
	host string // of package fntest, "" for a plain Go call
	call func(context.Context, addition) (addition, error)
}

// Ways lists them, the reference first.
func Ways() []Way {
	return []Way{
		{"bare", "", sum},                        // the function itself
		{"local", "http", add.Call},              // a contract, linked into the same unit
		{"lambda", "grain/function", add.Call},   // a signed Invoke, an envelope and a Lambda host, in memory
		{"server", "grain/group/http", add.Call}, // a request with a shared secret and an HTTP host, in memory
	}
}

// Within runs body in a request to an app that has the function. The call that
// body gets is one call, and looks whether the answer is right.
func (w Way) Within(ctx context.Context, body func(call func() error)) error {
	if w.host == "" {
		body(func() error { return w.once(ctx) })
		return nil
	}
	app := fn.NewApp[fn.NoConfig]("maths")
	app.Add(
		add.With(sum),
		fn.New("web.page", func(ctx context.Context, _ struct{}) (string, error) {
			body(func() error { return w.once(ctx) })
			return "", nil
		}, fn.Route("GET /{$}"), fn.Needs(add)),
	)
	return visit(ctx, app, w.host)
}

// visit asks for the page. Calls are not strict, as in production: within a unit
// they go through JSON in tests and on loopback alone.
func visit(ctx context.Context, app *fn.App[fn.NoConfig], host string) error {
	c, err := fntest.Open(ctx, app, fntest.Hosts(host), fntest.Start(fn.Strict(false)))
	if err != nil {
		return err
	}
	if res := c.Do(fntest.Get("/")); res.Status != 200 {
		return fmt.Errorf("status %d: %s", res.Status, res.Body)
	}
	return c.Close(ctx)
}

func (w Way) once(ctx context.Context) error {
	out, err := w.call(ctx, addition{1, 2})
	if err == nil && out.A != 3 {
		err = fmt.Errorf("1 + 2 is %d", out.A)
	}
	return err
}
