package fn

import (
	"reflect"
	"sync"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/shape"
	"github.com/anygrain/anygrain/internal/model"
)

// codecs are what the In and the Out of a function are compiled into: at its declaration,
// or in a build that was checked, when the function is first used. A contract and the
// functions that are made of it share them.
type codecs struct {
	in, out reflect.Type

	compiling sync.Once
	input     *binding.In
	output    *binding.Out
	problems  []binding.Problem

	comparing sync.Once
	version   string // the fingerprint of In and Out
	lossy     bool   // JSON would not bring the values of a call back as they are
}

// compiled compiles the types when nobody has yet.
func (c *codecs) compiled() *codecs {
	c.compiling.Do(func() {
		var problems []binding.Problem
		c.input, c.problems = binding.CompileIn(c.in)
		c.output, problems = binding.CompileOut(c.out)
		c.problems = append(c.problems, problems...)
	})
	return c
}

// compared finds out what calls ask of the types.
func (c *codecs) compared() *codecs {
	c.comparing.Do(func() {
		in, _ := model.Input(c.in)
		out, _ := model.Output(c.out)
		c.version = shape.Fingerprint(in, out)
		c.lossy = shape.Lossy(in) != "" || shape.Lossy(out) != ""
	})
	return c
}

// input is the codec of the In, nil for Raw.
func (d *declaration) input() *binding.In {
	if d.codecs == nil {
		return nil
	}
	return d.codecs.compiled().input
}

// output is the codec of the Out, nil for Raw.
func (d *declaration) output() *binding.Out {
	if d.codecs == nil {
		return nil
	}
	return d.codecs.compiled().output
}

// version is the fingerprint of In and Out, "" for Raw.
func (d *declaration) version() string {
	if d.codecs == nil {
		return ""
	}
	return d.codecs.compared().version
}

// lossy reports whether JSON would not bring the values of a call back as they are.
func (d *declaration) lossy() bool { return d.codecs.compared().lossy }
