package fnlambda

import (
	"context"

	"github.com/anygrain/anygrain/fn"
)

// misdeclared is a function whose declaration the app's Start reports.
func misdeclared(name string, err error, options []fn.FunctionOption) fn.Function {
	never := func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, err }
	return fn.Raw(name, never, append(options[:len(options):len(options)], fn.Misdeclared(err.Error()))...)
}
