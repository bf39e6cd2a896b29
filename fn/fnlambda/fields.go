package fnlambda

import (
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
	spots   []spot
}

// spot is where a name stands in the event, without its quotes.
type spot struct{ from, size uint32 }

// read passes a map of names to strings or to arrays of strings. Where the
// names stand is put into the memory.
func (f *fields) read(r *scan.Reader, m *memory) {
	if !r.Object() {
		return
	}
	f.text, f.present = r.Source(), true
	if f.spots == nil {
		f.spots = m.left()
	}
	for r.More('}') {
		name, passed := r.Member()
		if !passed {
			r.SkipStrings()
		}
		f.odd = f.odd || name.Escaped || name.Wide
		f.spots = append(f.spots, spot{uint32(name.From), uint32(name.To - name.From)})
	}
	f.spots = m.take(f.spots)
}

// name returns the i-th name.
func (f *fields) name(i int) string {
	if f.odd {
		s := scan.At(f.text, f.place(i))
		return s.String()
	}
	at := f.spots[i]
	return f.text[at.from : at.from+at.size]
}

// place is where the i-th field begins in the event.
func (f *fields) place(i int) int { return int(f.spots[i].from) - len(`"`) }

// plain returns the value of the i-th field if it is one that needs no decoding.
func (f *fields) plain(i int) (value string, ok bool) {
	colon := int(f.spots[i].from+f.spots[i].size) + len(`"`)
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
	var room [4]string
	if values := f.append(room[:0], i); len(values) > 0 {
		return values[0], true
	}
	return "", false
}

// find returns the next field of the name from the i-th on, or -1. Names that
// differ only in case are the same header.
func (f *fields) find(name string, i int) int {
	if i >= len(f.spots) {
		return -1
	}
	bySize := !f.odd && isASCII(name) // a letter and its other case can differ in size elsewhere
	for ; i < len(f.spots); i++ {
		if bySize && int(f.spots[i].size) != len(name) {
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
	for n := range len(f.spots) {
		i := (guess + n) % len(f.spots)
		if f.name(i) == name {
			if _, ok := f.value(i); ok {
				return true
			}
		}
	}
	return false
}
