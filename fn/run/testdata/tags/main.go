// Tags is an app that registers each group in another way, each with its tag. The
// tests of package run have it checked.
package main

import (
	"context"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

var app = fn.NewApp[fn.NoConfig]("tags")

func main() { run.Main(app) }

func nothing(context.Context, struct{}) (string, error) { return "", nil }
