package fnlambda

import "strings"

// fields are the headers or the query of an event: names in the order in which
// they came, each with its values.
type fields struct {
	present bool // the event has the map, which is not null
	list    []field
	values  []string
}

type field struct {
	name     string
	from, to int // its values in fields.values
}

// Room for most requests without growing.
const (
	usualHeaders    = 24
	usualParameters = 4
)

// read reads a map of names to strings or to arrays of strings. Room is how
// many there usually are.
func (f *fields) read(r *reader, room int) error {
	found, err := r.object(func(name string) error {
		if f.list == nil {
			f.list, f.values = make([]field, 0, room), make([]string, 0, room)
		}
		from := len(f.values)
		if err := f.readValues(r); err != nil {
			return err
		}
		if to := len(f.values); to > from {
			f.list = append(f.list, field{name, from, to})
		}
		return nil
	})
	f.present = f.present || found
	return err
}

func (f *fields) readValues(r *reader) error {
	if r.dec.PeekKind() == '[' {
		return r.strings(&f.values)
	}
	q, err := r.quoted()
	if err != nil || q == "" {
		return err
	}
	value, err := unquote(q)
	f.values = append(f.values, value)
	return err
}

// add appends a field.
func (f *fields) add(name string, values ...string) {
	from := len(f.values)
	f.values = append(f.values, values...)
	f.list = append(f.list, field{name, from, len(f.values)})
}

// of returns the values of the i-th field. They must not be changed.
func (f *fields) of(i int) []string {
	x := f.list[i]
	return f.values[x.from:x.to:x.to]
}

// get returns the values of a header. Names that differ only in case are the
// same header, so their values are joined.
func (f *fields) get(name string) []string {
	var found []string
	for i := range f.list {
		switch {
		case !strings.EqualFold(f.list[i].name, name):
		case found == nil:
			found = f.of(i)
		default: // found is capped, so that this copies
			found = append(found, f.of(i)...)
		}
	}
	return found
}

// first returns the first value of a header, or "".
func (f *fields) first(name string) string {
	for i := range f.list {
		if strings.EqualFold(f.list[i].name, name) {
			return f.values[f.list[i].from]
		}
	}
	return ""
}

// fill adds the fields of single whose names are not there yet: in events of
// payload 1.0 the multi-value map wins per key, and a key that only the single
// map has still counts. Fold says that names differing in case are the same.
func (f *fields) fill(single *fields, fold bool) {
	if len(f.list) == 0 {
		f.list, f.values = single.list, single.values
		return
	}
	known := len(f.list)
	for i := range single.list {
		if name := single.list[i].name; !f.has(name, i, known, fold) {
			f.add(name, single.of(i)...)
		}
	}
}

// has looks for the name among the first known fields, at guess first: both
// maps have the same names in the same order as a rule.
func (f *fields) has(name string, guess, known int, fold bool) bool {
	if guess < known && f.list[guess].name == name {
		return true
	}
	for _, x := range f.list[:known] {
		if x.name == name || fold && strings.EqualFold(x.name, name) {
			return true
		}
	}
	return false
}

// drop removes a header.
func (f *fields) drop(name string) {
	kept := f.list[:0]
	for _, x := range f.list {
		if !strings.EqualFold(x.name, name) {
			kept = append(kept, x)
		}
	}
	f.list = kept
}
