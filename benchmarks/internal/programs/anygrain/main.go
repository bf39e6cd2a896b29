// The program anygrain is the workload get, or post1k with the tag post, as a Lambda
// function: built with the tags lambda, lambda.norpc and validator_novalidatefn, and compared with those beside it.
package main

import (
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

func main() {
	app := fn.NewApp[fn.NoConfig]("things", fn.Use(around()...))
	app.Add(function())
	run.Main(app)
}
