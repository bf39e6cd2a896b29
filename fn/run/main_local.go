//go:build !lambda

package run

import (
	"context"
	"os"
)

// Main runs the command that the arguments name, serve by default, and exits
// with its status: 0, 1 when the command failed, 2 when it was not understood.
func Main(app App) {
	os.Exit(Command(context.Background(), app, os.Args[1:], IO{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
