package fnlambda

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// fields are the headers or the parameters of an event, in the order in which
// they came. Only where the names stand is kept: of a request's many headers few
// are asked for, and those are read then.
type fields struct {
	text    string // the event
	present bool   // the event has the map, which is not null
	odd     bool   // some names have escapes or are not ASCII
	names   []name
}

// name is where a name stands in the event, without its quotes.
type name struct{ from, size uint32 }

// read passes a map of names to strings or to arrays of strings. The names
// are put where there is memory for them.
func (f *fields) read(r *reader, memory *names) {
	if !r.object() {
		return
	}
	f.text, f.present = r.event, true
	if f.names == nil {
		f.names = memory.left()
	}
	for r.More('}') {
		t, _, ok := r.Pair()
		if !ok {
			t = r.NameText()
			f.odd = f.odd || t.Escaped || t.Wide
			r.skipTexts()
		}
		f.names = append(f.names, name{uint32(t.From), uint32(t.To - t.From)})
	}
	f.names = memory.take(f.names)
}

// names is memory for the names of most events, which their maps use one after
// the other.
type names struct {
	room [36]name
	used int
}

// left returns what is not used yet, as room for a list.
func (n *names) left() []name { return n.room[n.used:n.used] }

// take notes that the list has as much of the room as it needs. The list cannot
// grow into what is left; one that has outgrown the room is somewhere else.
func (n *names) take(list []name) []name {
	if len(list) > 0 && n.used < len(n.room) && &list[0] == &n.room[n.used] {
		n.used += len(list)
	}
	return slices.Clip(list)
}

// name returns the i-th name.
func (f *fields) name(i int) string {
	n := f.names[i]
	if f.odd {
		s := scan.At(f.text, f.place(i))
		return s.String()
	}
	return f.text[n.from : n.from+n.size]
}

// place is where the i-th field begins in the event.
func (f *fields) place(i int) int { return int(f.names[i].from) - len(`"`) }

// only returns the value of the i-th field if it is one that needs no decoding.
func (f *fields) only(i int) (value string, ok bool) {
	s := scan.At(f.text, f.place(i))
	_, text, ok := s.Pair()
	return f.text[text.From:text.To], ok
}

// append appends the values of the i-th field: none for null, which is "" in an
// array.
func (f *fields) append(dst []string, i int) []string {
	if value, ok := f.only(i); ok {
		return append(dst, value)
	}
	r := reader{Scanner: scan.At(f.text, f.place(i))}
	r.NameText()
	switch r.Kind() {
	case 'n':
		return dst
	case '[':
		return r.texts(dst)
	}
	return append(dst, r.String())
}

// value returns the first value of the i-th field; ok is false when it has none.
func (f *fields) value(i int) (value string, ok bool) {
	if value, ok = f.only(i); ok {
		return value, ok
	}
	var room [4]string
	if values := f.append(room[:0], i); len(values) > 0 {
		return values[0], true
	}
	return "", false
}

// find returns the next field of the name from the i-th on, or -1. Names that
// differ only in case are the same header.
func (f *fields) find(name string, i int) int {
	if i >= len(f.names) {
		return -1
	}
	bySize := !f.odd && isASCII(name) // a letter and its other case can differ in size elsewhere
	for ; i < len(f.names); i++ {
		if bySize && int(f.names[i].size) != len(name) {
			continue
		}
		if strings.EqualFold(f.name(i), name) {
			return i
		}
	}
	return -1
}

func isASCII(s string) bool {
	var all byte
	for i := range len(s) {
		all |= s[i]
	}
	return all < utf8.RuneSelf
}

// get returns the values of all fields of the name.
func (f *fields) get(name string) []string {
	var values []string
	for i := f.find(name, 0); i >= 0; i = f.find(name, i+1) {
		values = f.append(values, i)
	}
	return values
}

// first returns the first value of the name; ok is false when it has none.
func (f *fields) first(name string) (value string, ok bool) {
	for i := f.find(name, 0); i >= 0 && !ok; i = f.find(name, i+1) {
		value, ok = f.value(i)
	}
	return value, ok
}

// has reports whether the name has a value, as it is spelt. Guess is where to
// look first.
func (f *fields) has(name string, guess int) bool {
	for n := range len(f.names) {
		i := (guess + n) % len(f.names)
		if f.name(i) == name {
			if _, ok := f.value(i); ok {
				return true
			}
		}
	}
	return false
}
