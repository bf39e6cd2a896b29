// Package untyped lets this repository declare functions whose types are made at
// run time: the apps that tests and benchmarks draw. Programs know their types, so
// fn exports none of it.
package untyped

var define any

// Provide is called by fn, once, when the program starts.
func Provide(f any) { define = f }

// Define returns what declares such a contract, provided by fn: a
//
//	func(name string, in, out reflect.Type, options ...fn.FunctionOption) fn.Needer
//
// whose result has these methods beside Need. Values are pointers to an In and to an Out.
//
//	Name() string
//	Call(ctx context.Context, in any) (out any, err error)
//	With(handler func(ctx context.Context, in any) (out any, err error), options ...fn.FunctionOption) fn.Function
func Define() any { return define }
