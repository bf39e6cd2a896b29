package randomapp

import (
	"context"
	"io"
	"reflect"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/dice"
	"github.com/anygrain/anygrain/internal/untyped"
)

// The types of this file have names in Go, so that functions are made of them as
// programs make them: a call in one unit, of a function without middleware, is one
// of Go then. Of types that are made at run time it cannot be.

// Plain comes back from JSON as it was.
type Plain struct {
	ID    string             `json:"id"`
	Count int64              `json:"count,omitzero"`
	Ratio *float64           `json:"ratio"`
	Tags  []string           `json:"tags"`
	Sizes map[string][]uint8 `json:"sizes"`
	At    time.Time          `json:"at"`
	Wait  *time.Duration     `json:"wait"`
	Lines []struct {
		Text string `json:"text"`
	} `json:"lines"`
}

// Ruled has rules.
type Ruled struct {
	Name  string         `json:"name" validate:"required,max=10"`
	Count int            `json:"count" validate:"min=1,max=100" default:"3"`
	Codes []string       `json:"codes" validate:"max=2,dive,alphanum"`
	Sums  map[string]int `json:"sums" validate:"dive,gte=0"`
}

// Formed has values with forms of their own.
type Formed struct {
	Color  Color             `json:"color"`
	Words  map[Word]int      `json:"words"`
	Level  Level             `json:"level,omitzero"`
	Levels []Level           `json:"levels"`
	Colors map[string]*Color `json:"colors"`
}

// Pointing has pointers to what can be nil itself.
type Pointing struct {
	List  *[]string       `json:"list"`
	Table *map[string]int `json:"table"`
	Far   **int           `json:"far"`
	Raw   []*[]byte       `json:"raw"`
}

// Zeroed has floats that may be -0.
type Zeroed struct {
	Ratio  float64    `json:"ratio,omitzero"`
	Ratios [2]float32 `json:"ratios"`
	At     time.Time  `json:"at,omitzero"`
}

// Tree holds itself.
type Tree struct {
	Name     string  `json:"name"`
	Children []*Tree `json:"children"`
}

// Stream is a body that is read.
type Stream struct {
	Body io.Reader `body:""`
}

// Texts is a list.
type Texts []string

// fixed are the types by their names.
var fixed = map[string]reflect.Type{
	"plain":    reflect.TypeFor[Plain](),
	"ruled":    reflect.TypeFor[Ruled](),
	"texts":    reflect.TypeFor[Texts](),
	"formed":   reflect.TypeFor[Formed](),
	"pointing": reflect.TypeFor[Pointing](),
	"zeroed":   reflect.TypeFor[Zeroed](),
	"tree":     reflect.TypeFor[Tree](),
	"stream":   reflect.TypeFor[Stream](),
}

// drawFixed returns one of them, most often one that can be shared.
func drawFixed(d dice.Dice) Type {
	return Type{Go: dice.Pick(d, "plain", "ruled", "texts", "plain", "ruled", "texts", "formed", "pointing", "zeroed", "tree", "stream")}
}

// Contract is a contract whose values are pointers to an In and to an Out.
type Contract interface {
	fn.Needer
	Name() string
	Call(ctx context.Context, in any) (any, error)
	With(handler func(ctx context.Context, in any) (any, error), options ...fn.FunctionOption) fn.Function
}

// DefineUntyped declares a contract whose types are made at run time.
func DefineUntyped(name string, in, out reflect.Type, options ...fn.FunctionOption) Contract {
	define := untyped.Define().(func(string, reflect.Type, reflect.Type, ...fn.FunctionOption) fn.Needer)
	return define(name, in, out, options...).(Contract)
}

// typed is a contract as programs have it.
type typed[In, Out any] struct{ fn.Contract[In, Out] }

// Call implements Contract.
func (c typed[In, Out]) Call(ctx context.Context, in any) (any, error) {
	value, ok := in.(*In)
	if !ok {
		return nil, fn.Errorf(fn.Internal, "the In is a %T", in)
	}
	out, err := c.Contract.Call(ctx, *value)
	return &out, err
}

// With implements Contract.
func (c typed[In, Out]) With(handler func(context.Context, any) (any, error), options ...fn.FunctionOption) fn.Function {
	return c.Contract.With(func(ctx context.Context, in In) (out Out, err error) {
		made, err := handler(ctx, &in)
		if value, ok := made.(*Out); ok && err == nil {
			out = *value
		}
		return out, err
	}, options...)
}

// definer makes a contract of two fixed types.
type definer func(name string, options []fn.FunctionOption) Contract

// definers are there for every In and every Out.
var definers = map[string]map[string]definer{
	"plain":    definersOf[Plain](),
	"ruled":    definersOf[Ruled](),
	"texts":    definersOf[Texts](),
	"formed":   definersOf[Formed](),
	"pointing": definersOf[Pointing](),
	"zeroed":   definersOf[Zeroed](),
	"tree":     definersOf[Tree](),
	"stream":   definersOf[Stream](),
}

func definersOf[In any]() map[string]definer {
	return map[string]definer{
		"plain":    define[In, Plain],
		"ruled":    define[In, Ruled],
		"texts":    define[In, Texts],
		"formed":   define[In, Formed],
		"pointing": define[In, Pointing],
		"zeroed":   define[In, Zeroed],
		"tree":     define[In, Tree],
		"stream":   define[In, Stream],
	}
}

func define[In, Out any](name string, options []fn.FunctionOption) Contract {
	return typed[In, Out]{fn.Define[In, Out](name, options...)}
}

// define makes the function's contract.
func (f *function) define(options []fn.FunctionOption) Contract {
	if d, ok := definers[f.In.Go][f.Out.Go]; ok {
		return d(f.Name, options)
	}
	return DefineUntyped(f.Name, f.inType, f.outType, options...)
}
