package fnlambda

import (
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// own is what the one function of a unit takes beside the requests of front doors.
type own struct {
	any     bool            // every event: it decodes them itself
	members map[string]bool // of its In's direct form
	warm    bool            // an In with a member like those of warm-up events
}

// ownOf finds what a function takes. One without an In and without routes can
// be there for nothing but events.
func ownOf(f fn.Function) own {
	_, events := f.Events()
	o := own{any: events || f.In() == nil && len(f.Routes()) == 0, members: map[string]bool{}}
	for _, field := range f.Input() {
		o.members[field.JSON] = true
	}
	for in := f.In(); in != nil && (in.Kind() == reflect.Slice || in.Kind() == reflect.Pointer); in = in.Elem() {
		o.addElements(in.Elem())
	}
	o.warm = knowsWarm(o.members)
	return o
}

// addElements adds the members of the items of an In that is a list.
func (o *own) addElements(item reflect.Type) {
	if item.Kind() != reflect.Struct {
		return
	}
	for _, field := range reflect.VisibleFields(item) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = field.Name
		}
		o.members[name] = true
	}
}

// foreign reports whether the payload is an event that some service of AWS sends,
// and that the function was not made for: a typed In that lets unknown members
// pass, or a map, would take it, and the function would run on nothing. A queue
// would then delete its messages.
func (o *own) foreign(text string) bool {
	if o.any || !mayBeOfAKind(text) {
		return false
	}
	d, ok := read(text)
	return ok && d.kind() != "" && !d.declaredBy(o.members)
}
