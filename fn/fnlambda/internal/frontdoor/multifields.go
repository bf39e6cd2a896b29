package frontdoor

import (
	"maps"
	"strings"
	"unicode"
)

// multiFields are the headers or the query of an event with two maps of them: the
// multi-value map wins per key, and a key that only the single map has still
// counts. Formats that know one map leave the other empty.
type multiFields struct{ multi, single fields }

// get returns the values of a header.
func (m *multiFields) get(name string) []string {
	if values := m.multi.get(name); values != nil {
		return values
	}
	return m.single.get(name)
}

// first returns the first value of a header, or "".
func (m *multiFields) first(name string) string {
	value, ok := m.multi.first(name)
	if !ok {
		value, _ = m.single.first(name)
	}
	return value
}

// index returns the names and what get knows of each, by folded name. A look-up in
// the fields reads all their names, so that looking up all would take the square of their number.
func (m *multiFields) index() (names []string, values map[string][]string) {
	names = make([]string, 0, len(m.multi.positions)+len(m.single.positions))
	values = make(map[string][]string, cap(names))
	names = m.multi.group(names, values, nil)
	if len(names) == 0 {
		return m.single.group(names, values, nil), values
	}
	single := map[string][]string{}
	names = m.single.group(names, single, values)
	maps.Copy(values, single)
	return names, values
}

// group adds the values of all fields to those of their names, and appends the name
// of each field that has any. Fields whose names others have do not count.
func (f *fields) group(names []string, values, others map[string][]string) []string {
	for i := range f.positions {
		name := f.name(i)
		key := folded(name)
		if others[key] != nil {
			continue
		}
		had := values[key]
		if all := f.append(had, i); len(all) > len(had) {
			values[key] = all
			names = append(names, name)
		}
	}
	return names
}

// folded is the same text for all names that strings.EqualFold takes for one.
func folded(name string) string {
	return strings.Map(func(c rune) rune {
		least := c
		for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, name)
}
