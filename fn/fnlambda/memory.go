package fnlambda

import "slices"

// memory has room for the names of most events, which the maps of an event use
// one after the other.
type memory struct {
	room [36]spot
	used int
}

// left returns what is not used yet, as room for a list.
func (m *memory) left() []spot { return m.room[m.used:m.used] }

// take notes that the list has as much of the room as it needs. The list cannot
// grow into what is left. One that has outgrown the room is somewhere else, and keeps its
// own room: an event with the same map again and again would copy it each time.
func (m *memory) take(list []spot) []spot {
	if len(list) == 0 || m.used == len(m.room) || &list[0] != &m.room[m.used] {
		return list
	}
	m.used += len(list)
	return slices.Clip(list)
}
