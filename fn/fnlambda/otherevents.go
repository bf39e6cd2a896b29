package fnlambda

import (
	"context"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/eventkind"
)

// accepted is what the one function of a unit takes beside requests of front doors and what it declared.
type accepted struct {
	any     bool // every payload: it decodes them itself
	warmUps bool // an In with a member like those of warm-up events
}

// acceptedBy finds what a function takes. One without an In and without routes can
// be there for nothing but events.
func acceptedBy(f fn.Function) accepted {
	kinds, sources, events := f.Events()
	undeclared := !events && f.In() == nil && len(f.Routes()) == 0
	return accepted{any: undeclared || events && len(kinds)+len(sources) == 0, warmUps: hasWarmUpMember(membersOf(f))}
}

// membersOf are the members of a function's In in its direct form, or those of its elements.
func membersOf(f fn.Function) map[string]bool {
	members := map[string]bool{}
	for _, field := range f.Input() {
		members[field.JSON] = true
	}
	for in := f.In(); in != nil && (in.Kind() == reflect.Slice || in.Kind() == reflect.Pointer); in = in.Elem() {
		addElements(members, in.Elem())
	}
	return members
}

// addElements adds the members of the items of an In that is a list.
func addElements(members map[string]bool, item reflect.Type) {
	if item.Kind() != reflect.Struct {
		return
	}
	for _, field := range reflect.VisibleFields(item) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = field.Name
		}
		members[name] = true
	}
}

// receiver finds the function that takes a payload without an envelope, "" for none: an
// event of a known kind goes to whoever declared it, any other to the one function of the unit, or to
// the one that takes whatever comes. An event that nobody declared runs nothing: a typed In that lets
// unknown members pass, or a map, would take it, and a queue would then delete its messages.
func (h *Handler) receiver(text string, enveloped bool) (string, error) {
	if h.accepted.any {
		return h.only, nil
	}
	if e := knownEvent(text); e != nil {
		return h.events.find(e)
	}
	switch {
	case h.only != "" && h.accepted.warmUp(text):
		return "", nil
	case h.only != "":
		return h.only, nil
	case enveloped:
		return "", h.notServed()
	}
	return h.events.whatever()
}

// knownEvent reads an event that some service of AWS sends, nil for anything else.
func knownEvent(text string) *eventkind.Event {
	if !eventkind.MayBeKnown(text) {
		return nil
	}
	if e, ok := eventkind.Read(text); ok && e.Kind() != "" {
		return e
	}
	return nil
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

// notUnderstood describes an event that the unit does not take: by its kind, its source and
// the names of its members, never by their values, and what would be taken.
func (h *Handler) notUnderstood(text string) *fn.Error {
	seen, ok := eventkind.Read(text)
	if !ok {
		return notJSON()
	}
	from := ""
	if sources, _ := seen.Sources(); len(sources) > 0 {
		from = ", from " + quoted(sources[:1])
	}
	if h.only != "" {
		return fn.Errorf(fn.Unimplemented, `the event is %s%s; %s, and direct invokes with the In of %s, as it is or as {"function":"%s","in":{…}}; `+
			"events of other services are for a function of fnlambda.Native, or for one whose In has their members: %s", seen, from, requests, h.only, h.only, h.events.declarations())
	}
	return fn.Errorf(fn.Unimplemented, `the event is %s%s; %s, and direct invokes as {"function":"NAME","in":{…}}, with NAME one of %s; `+
		"events of other services are for functions that declared them: %s", seen, from, requests, h.names(), h.events.declarations())
}

func notJSON() *fn.Error { return fn.Errorf(fn.InvalidArgument, "the event is not JSON") }
