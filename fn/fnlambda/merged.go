package fnlambda

// merged are the headers or the query of an event with two maps of them: the
// multi-value map wins per key, and a key that only the single map has still
// counts. Formats that know one map leave the other empty.
type merged struct{ multi, single fields }

// get returns the values of a header.
func (m *merged) get(name string) []string {
	if values := m.multi.get(name); values != nil {
		return values
	}
	return m.single.get(name)
}

// first returns the first value of a header, or "".
func (m *merged) first(name string) string {
	value, ok := m.multi.first(name)
	if !ok {
		value, _ = m.single.first(name)
	}
	return value
}

// names lists the headers.
func (m *merged) names() []string {
	names := make([]string, 0, len(m.multi.spots)+len(m.single.spots))
	for i := range m.multi.spots {
		if _, ok := m.multi.value(i); ok {
			names = append(names, m.multi.name(i))
		}
	}
	for i := range m.single.spots {
		name := m.single.name(i)
		if _, ok := m.multi.first(name); ok {
			continue
		}
		if _, ok := m.single.value(i); ok {
			names = append(names, name)
		}
	}
	return names
}
