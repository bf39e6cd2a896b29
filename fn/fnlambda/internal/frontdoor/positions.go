package frontdoor

import "slices"

// position is where a name stands in the event, without its quotes.
type position struct{ from, size uint32 }

// positionBuffer is enough for the names of most events. The maps of an event use it
// one after the other.
type positionBuffer struct {
	all  [36]position
	used int
}

// rest returns what is not used yet, as capacity for a list.
func (b *positionBuffer) rest() []position { return b.all[b.used:b.used] }

// take notes that the list uses as much of the buffer as it needs. The list cannot
// grow into the rest. One that has outgrown the buffer is somewhere else, and keeps its
// own capacity: an event with the same map again and again would copy it each time.
func (b *positionBuffer) take(list []position) []position {
	if len(list) == 0 || b.used == len(b.all) || &list[0] != &b.all[b.used] {
		return list
	}
	b.used += len(list)
	return slices.Clip(list)
}
