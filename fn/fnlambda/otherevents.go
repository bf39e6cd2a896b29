package fnlambda

import (
	"context"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/eventkind"
)

// accepted is what the one function of a unit takes beside the requests of front doors.
type accepted struct {
	any     bool            // every event: it decodes them itself
	members map[string]bool // of its In's direct form
	warmUps bool            // an In with a member like those of warm-up events
}

// acceptedBy finds what a function takes. One without an In and without routes can
// be there for nothing but events.
func acceptedBy(f fn.Function) accepted {
	_, events := f.Events()
	a := accepted{any: events || f.In() == nil && len(f.Routes()) == 0, members: map[string]bool{}}
	for _, field := range f.Input() {
		a.members[field.JSON] = true
	}
	for in := f.In(); in != nil && (in.Kind() == reflect.Slice || in.Kind() == reflect.Pointer); in = in.Elem() {
		a.addElements(in.Elem())
	}
	a.warmUps = hasWarmUpMember(a.members)
	return a
}

// addElements adds the members of the items of an In that is a list.
func (a *accepted) addElements(item reflect.Type) {
	if item.Kind() != reflect.Struct {
		return
	}
	for _, field := range reflect.VisibleFields(item) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = field.Name
		}
		a.members[name] = true
	}
}

// refuses reports whether the payload is an event that some service of AWS sends,
// and that the function was not made for: a typed In that lets unknown members
// pass, or a map, would take it, and the function would run on nothing. A queue
// would then delete its messages.
func (a *accepted) refuses(text string) bool {
	if a.any || !eventkind.MayBeKnown(text) {
		return false
	}
	e, ok := eventkind.Read(text)
	return ok && e.Kind() != "" && !e.DeclaredBy(a.members)
}

// other answers what is for no function of the unit.
func (h *Handler) other(ctx context.Context, text string) ([]byte, error) {
	switch {
	case isWarmUp(text):
		return []byte("null"), nil
	case h.others != nil:
		return h.others.Invoke(ctx, []byte(text))
	}
	return nil, functionError(h.notUnderstood(text))
}

// requests are what every unit takes.
const requests = "this unit takes requests of API Gateway (REST and HTTP API, payload 1.0 and 2.0), of load balancers and of Function URLs"

// notUnderstood describes an event that the unit does not take: by its kind and
// the names of its members, never by their values.
func (h *Handler) notUnderstood(text string) *fn.Error {
	seen, ok := eventkind.Read(text)
	if !ok {
		return notJSON()
	}
	if h.only != "" {
		return fn.Errorf(fn.Unimplemented, `the event is %s; %s, and direct invokes with the In of %s, as it is or as {"function":"%s","in":{…}}; `+
			"events of other services are for a function of fnlambda.Native, or for one whose In has their members", seen, requests, h.only, h.only)
	}
	return fn.Errorf(fn.Unimplemented, `the event is %s; %s, and direct invokes as {"function":"NAME","in":{…}}, with NAME one of %s`,
		seen, requests, h.names())
}

func notJSON() *fn.Error { return fn.Errorf(fn.InvalidArgument, "the event is not JSON") }
