package model

import (
	"reflect"
	"slices"
	"sync"
)

// cache keeps the models of types: the codec, calls, descriptions and proofs ask for the same.
type cache struct{ made sync.Map } // of made by reflect.Type

type made struct {
	model    *Model
	problems []Problem
}

// of returns the model of a type, which nobody changes any more.
func (c *cache) of(t reflect.Type, make func(reflect.Type) (*Model, []Problem)) (*Model, []Problem) {
	known, ok := c.made.Load(t)
	if !ok {
		m, problems := make(t)
		known, _ = c.made.LoadOrStore(t, made{m, problems})
	}
	one := known.(made)
	return one.model, slices.Clone(one.problems)
}
