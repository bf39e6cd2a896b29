package fntest

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

// Open is New without a test: for examples, benchmarks of one's own, and
// programs that try an app out. The client is to be closed.
func Open(ctx context.Context, app fn.Starter, options ...Option) (*Client, error) {
	return open(ctx, app, io.Discard, options)
}

func open(ctx context.Context, app fn.Starter, output io.Writer, options []Option) (*Client, error) {
	s, err := readSettings(options)
	if err != nil {
		return nil, err
	}
	if app == nil {
		return nil, errors.New("fntest: the app is nil; pass what fn.NewApp returned, or a started *fn.Unit")
	}
	if len(s.hosts) == 0 {
		return nil, errors.New("fntest: the options leave no host")
	}
	opener, err := openerOf(s.hosts[0])
	if err != nil {
		return nil, err
	}
	c := &Client{host: s.hosts[0], ctx: ctx, logs: &logs{}}
	own := []fn.StartOption{fn.WithLogger(zerolog.New(io.MultiWriter(output, c.logs))), fn.Strict(c.host != Shared)}
	if c.unit, err = app.Start(ctx, append(own, s.start...)...); err != nil {
		return nil, startError(err)
	}
	_, given := app.(*fn.Unit) // a unit belongs to whoever started it
	c.owned = !given
	if c.server, err = opener(ctx, c.unit); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", c.host, err), c.Close(ctx))
	}
	return c, nil
}

// startError adds how a test gives an app its config.
func startError(err error) error {
	err = fmt.Errorf("start the app: %w", err)
	if wrong, ok := errors.AsType[*config.Error](err); ok && wrong.Problems[0].Name != wrong.Problems[0].Field { // not the type itself
		err = fmt.Errorf("%w\nA test gives the app a config by fntest.Start(fn.WithConfig(…)) or fntest.Start(fn.WithSources(config.Map{…})): "+
			"an option of New, Each, Same and of Random too", err)
	}
	return err
}

// Close stops the app: it waits for its goroutines until ctx ends and runs its
// stop hooks. A *fn.Unit, which was started before, stays. New does it by itself.
func (c *Client) Close(ctx context.Context) error {
	err := closeServer(c.server)
	if !c.owned {
		return err
	}
	return errors.Join(err, c.unit.Stop(ctx))
}
