package awsevent

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// New returns the event that the front door makes of the request, as JSON. The
// error says what the front door does not have, or why it would refuse the request.
func New(format Format, r Request) ([]byte, error) {
	if err := format.check(); err != nil {
		return nil, err
	}
	r, err := r.complete(format)
	if err != nil {
		return nil, err
	}
	parameters, err := r.parameters(format)
	if err != nil {
		return nil, err
	}
	event, err := json.Marshal(r.event(format, parameters),
		json.Deterministic(true), json.FormatNilMapAsNull(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return nil, fmt.Errorf("awsevent: %w", err)
	}
	if err := checkSize(format, len(r.Body), len(event)); err != nil {
		return nil, err
	}
	return event, nil
}

// checkSize: a load balancer limits the body, the others Lambda's payload.
func checkSize(f Format, body, event int) error {
	if f.alb() && body > albLimit {
		return fmt.Errorf("awsevent: the body has %d bytes; a load balancer passes on %d and answers 413 itself", body, albLimit)
	}
	if event > lambdaLimit {
		return fmt.Errorf("awsevent: the event has %d bytes; Lambda takes %d, so that %s answers 413 itself", event, lambdaLimit, f.front())
	}
	return nil
}

func (r *Request) event(f Format, parameters map[string]string) any {
	switch {
	case f == REST:
		return r.restEvent(parameters)
	case f == HTTPAPIv1:
		return r.v1Event(parameters)
	case f.alb():
		return r.albEvent(f)
	}
	return r.v2Event(f, parameters)
}
