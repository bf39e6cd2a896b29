// The program anygrain is a Lambda function of many functions with types of their own.
package main

import (
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
	"github.com/anygrain/anygrain/middleware"
)

func main() {
	app := fn.NewApp[fn.NoConfig]("things", fn.Use(middleware.Default()...))
	app.Add(functions()...)
	run.Main(app)
}
