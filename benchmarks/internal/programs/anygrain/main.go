// The program anygrain is the workload get as a Lambda function: built with the
// tags lambda and lambda.norpc, and compared with those beside it at cold start.
package main

import (
	"context"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
	"github.com/anygrain/anygrain/middleware"
)

func main() {
	app := fn.NewApp[fn.NoConfig]("things", fn.Use(middleware.Default()...))
	app.Add(fn.New("things.get", func(_ context.Context, in work.GetInput) (work.GetOutput, error) {
		return work.Get(in), nil
	}, fn.Route("GET /things/{id}")))
	run.Main(app)
}
