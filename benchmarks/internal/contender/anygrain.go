package contender

import (
	"context"
	"io"
	"strings"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn"
)

// App is the service as functions.
func App(routes int, options ...fn.AppOption) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("bench", append(options, fn.Logger(zerolog.New(io.Discard)))...)
	for i, path := range work.OtherRoutes(routes-3, "{", "}") {
		app.Add(fn.New("other.f"+strings.Repeat("x", i%7)+itoa(i), func(context.Context, struct {
			ID string `path:"id"`
		}) (struct{}, error) {
			return struct{}{}, nil
		}, fn.Route("GET "+path)))
	}
	app.Add(
		fn.New("things.get", func(_ context.Context, in work.GetInput) (work.GetOutput, error) { return work.Get(in), nil }, fn.Route("GET /things/{id}")),
		fn.New("orders.create", func(_ context.Context, in work.Order) (work.Receipt, error) { return work.Post(in), nil }, fn.Route("POST /orders")),
		fn.New("hook.take", func(_ context.Context, in work.Hook) (work.Said, error) { return work.Form(in), nil }, fn.Route("POST /hook")),
	)
	return app
}
