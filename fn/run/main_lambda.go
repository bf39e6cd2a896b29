//go:build lambda

package run

import (
	"context"
	"os"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
)

// Main runs the app as a Lambda function and does not return. What goes wrong
// before the first event has been logged when the process exits.
func Main(app App) {
	strict := os.Getenv("ANYGRAIN_STRICT") == "true" // set by the command dev
	if err := fnlambda.Run(context.Background(), callingApp{app}, fnlambda.Start(fn.Strict(strict))); err != nil {
		os.Exit(1)
	}
}
