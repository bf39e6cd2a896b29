package frontdoor

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
	text      string // the event
	present   bool   // the event has the map, which is not null
	special   bool   // some names have escapes or are not ASCII
	positions []position
}

// position is where a name stands in the event, without its quotes.
type position struct{ from, size uint32 }

// read passes a map of names to strings or to arrays of strings. Where the
// names stand is put into the buffer.
func (f *fields) read(r *scan.Reader, b *positionBuffer) {
	if !r.Object() {
		return
	}
	f.text, f.present = r.Source(), true
	if f.positions == nil {
		f.positions = b.rest()
	}
	for r.More('}') {
		name, passed := r.Member()
		if !passed {
			r.SkipStrings()
		}
		f.special = f.special || name.Escaped || name.Wide
		f.positions = append(f.positions, position{uint32(name.From), uint32(name.To - name.From)})
	}
	f.positions = b.take(f.positions)
}

// name returns the i-th name.
func (f *fields) name(i int) string {
	if f.special {
		s := scan.At(f.text, f.place(i))
		return s.String()
	}
	at := f.positions[i]
	return f.text[at.from : at.from+at.size]
}

// place is where the i-th field begins in the event.
func (f *fields) place(i int) int { return int(f.positions[i].from) - len(`"`) }

// plain returns the value of the i-th field if it is one that needs no decoding.
func (f *fields) plain(i int) (value string, ok bool) {
	colon := int(f.positions[i].from+f.positions[i].size) + len(`"`)
	if f.text[colon] != ':' {
		return "", false
	}
	value, end := scan.PlainValue(f.text, colon+1)
	return value, end > 0
}

// append appends the values of the i-th field: none for null, which is "" in an
// array.
func (f *fields) append(dst []string, i int) []string {
	if value, ok := f.plain(i); ok {
		return append(dst, value)
	}
	r := scan.Reader{Scanner: scan.At(f.text, f.place(i))}
	r.NameText()
	switch r.Kind() {
	case 'n':
		return dst
	case '[':
		return r.StringsOrNull(dst)
	}
	return append(dst, r.String())
}

// value returns the first value of the i-th field; ok is false when it has none.
func (f *fields) value(i int) (value string, ok bool) {
	if value, ok = f.plain(i); ok {
		return value, true
	}
	var buffer [4]string
	if values := f.append(buffer[:0], i); len(values) > 0 {
		return values[0], true
	}
	return "", false
}

// find returns the next field of the name from the i-th on, or -1. Names that
// differ only in case are the same header.
func (f *fields) find(name string, i int) int {
	if i >= len(f.positions) {
		return -1
	}
	bySize := !f.special && isASCII(name) // a letter and its other case can differ in size elsewhere
	for ; i < len(f.positions); i++ {
		if bySize && int(f.positions[i].size) != len(name) {
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
	for n := range len(f.positions) {
		i := (guess + n) % len(f.positions)
		if f.name(i) == name {
			if _, ok := f.value(i); ok {
				return true
			}
		}
	}
	return false
}

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
