package middleware

import (
	"context"
	"sync"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// loggerContext is a context with a logger for what a request logs, in which
// zerolog.Ctx finds it. The logger is made when it is first asked for: most
// requests log nothing of their own, and it is half a kilobyte.
type loggerContext struct {
	context.Context
	app          *zerolog.Logger
	function, id string
	make         sync.Once
	logger       zerolog.Logger
}

func newLoggerContext(ctx context.Context, req *fn.Request) loggerContext {
	return loggerContext{Context: ctx, app: req.Logger(), function: req.Function().Name(), id: req.ID}
}

// Value implements context.Context.
func (c *loggerContext) Value(key any) any {
	if key != loggerKey() {
		return c.Context.Value(key)
	}
	c.make.Do(func() {
		with := c.app.With().Str("function", c.function)
		if c.id != "" {
			with = with.Str("request_id", c.id)
		}
		c.logger = with.Logger()
	})
	return &c.logger
}

// loggerKey is the key by which zerolog.Ctx asks a context for the logger. The
// package does not tell it, so a context that is asked does.
var loggerKey = sync.OnceValue(func() any {
	asked := &askedContext{Context: context.Background()}
	zerolog.Ctx(asked)
	return asked.key
})

type askedContext struct {
	context.Context
	key any
}

func (c *askedContext) Value(key any) any {
	c.key = key
	return nil
}
