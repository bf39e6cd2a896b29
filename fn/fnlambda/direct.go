package fnlambda

import (
	"context"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// direct handles a payload that no front door sent: the typed JSON of a
// function, alone or in an envelope that names the function, or the event of another service.
func (h *Handler) direct(ctx context.Context, text string) ([]byte, error) {
	env, enveloped := readEnvelope(text)
	req := &fn.Request{Kind: fn.KindDirect, ID: requestID(ctx), Native: &rawEvent{text: text}}
	var name string
	switch {
	case enveloped && env.call:
		req.Native, req.From = nil, fn.InputFromJSON([]byte(text))
		return h.host.Answer(ctx, req), nil
	case enveloped && h.serves(env.function):
		name, req.From = env.function, fn.InputFromJSON(env.in)
		if env.id != "" {
			req.ID = env.id
		}
	default:
		var err error
		if name, err = h.receiver(text, enveloped); err != nil {
			return nil, functionError(err)
		}
		if name == "" {
			return h.other(ctx, text)
		}
		req.Kind = h.bareKindOf(name)
		req.From = inputOf(req.Kind, []byte(text))
	}
	return h.invoke(ctx, name, req)
}

// bareKindOf is the kind of a payload without an envelope: the typed In
// of a function that has one, an event for a function that decodes it itself.
func (h *Handler) bareKindOf(name string) fn.RequestKind {
	if f, ok := h.unit.Lookup(name); ok && f.In() != nil {
		return fn.KindDirect
	}
	return fn.KindEvent
}

// inputOf is a payload without an envelope as the input of that kind.
func inputOf(kind fn.RequestKind, payload []byte) fn.Input {
	if kind == fn.KindEvent {
		return fn.InputFromEvent(payload)
	}
	return fn.InputFromJSON(payload)
}

// serves reports whether an envelope may name the function. A unit of one
// function takes an envelope too, so that a caller need not know the grain;
// anything but its own name is a payload that happens to look like one.
func (h *Handler) serves(name string) bool {
	_, ok := h.unit.Lookup(name)
	return ok
}

// invoke runs the function and returns its Out as JSON.
func (h *Handler) invoke(ctx context.Context, name string, req *fn.Request) ([]byte, error) {
	reply, err := h.host.Invoke(ctx, name, req)
	if err != nil {
		return nil, functionError(err)
	}
	out, err := bodyOf(reply, frontdoor.PayloadLimit)
	if err == nil && len(out) > frontdoor.PayloadLimit {
		err = &tooLarge{size: len(out), limit: frontdoor.PayloadLimit}
	}
	if err != nil {
		h.logReply(req, err)
		return nil, functionError(fn.Errorf(fn.Internal, "the reply cannot be sent").WithCause(err))
	}
	if len(out) == 0 {
		return []byte("null"), nil
	}
	return out, nil
}

func (h *Handler) notServed() *fn.Error {
	return fn.Errorf(fn.Unimplemented, "the envelope names a function that this unit does not serve; it serves %s", h.names())
}

func (h *Handler) names() string {
	var names []string
	for _, f := range h.unit.Functions() {
		names = append(names, f.Name())
	}
	return strings.Join(names, ", ")
}

// envelope is a direct invoke of a unit that serves several functions.
type envelope struct {
	function string
	in       []byte
	id       string
	call     bool // a sibling calls: the unit answers in an envelope too
	names    []string
}

// readEnvelope reads {"function":"orders.get","in":{…},"id":"…"}. It is an
// envelope only if it has these members and no other; without an in the
// function gets an empty object. With a call it is a sibling's.
func readEnvelope(text string) (envelope, bool) {
	if !strings.Contains(text, `"function"`) {
		return envelope{}, false
	}
	env := envelope{in: []byte("{}")}
	r := scan.NewReader(text)
	ok := r.Object()
	for ok && r.More('}') {
		ok = env.member(&r)
	}
	if !ok || r.Mistyped || env.function == "" {
		return envelope{}, false
	}
	// This finds what is behind the envelope, too. What is wrong within the In is
	// for the function to say, as on every host.
	return env, jsontext.Value(text).IsValid(jsontext.AllowDuplicateNames(true))
}

// member reads a member; it is false for those that an envelope does not have, or
// has already.
func (e *envelope) member(r *scan.Reader) bool {
	name := r.Name()
	if slices.Contains(e.names, name) {
		return false
	}
	e.names = append(e.names, name)
	switch name {
	case "function":
		e.function = r.StringOrNull()
	case "id":
		e.id = r.StringOrNull()
	case "call":
		value := string(r.Value())
		if !strings.HasPrefix(value, "{") { // a member of somebody's In
			return false
		}
		e.call = true
	case "in":
		e.in = []byte(r.Value())
	default:
		return false
	}
	return true
}
