// Package dice makes choices that a seed decides, so that whatever is made of
// them can be made again.
package dice

import "math/rand/v2"

// Dice is a source of choices. It is not safe for concurrent use.
type Dice struct{ *rand.Rand }

// New returns dice that fall the same way for the same seed.
func New(seed uint64) Dice { return Dice{rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))} }

// OneIn is true once in n times.
func (d Dice) OneIn(n int) bool { return d.IntN(n) == 0 }

// Between returns a number of at least low and at most high.
func (d Dice) Between(low, high int) int { return low + d.IntN(high-low+1) }

// Pick returns one of the list, which is not empty.
func Pick[T any](d Dice, list ...T) T { return list[d.IntN(len(list))] }
