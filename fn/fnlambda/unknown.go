package fnlambda

import (
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// understood says what a unit of several functions takes.
const understood = "this unit takes requests of API Gateway (REST and HTTP API, payload 1.0 and 2.0), of load balancers and of Function URLs, " +
	`and direct invokes as {"function":"NAME","in":{…}}`

// notUnderstood describes an event that is none of the known kinds: by the
// names of its members, never by their values.
func (h *Handler) notUnderstood(text string) *fn.Error {
	seen, err := describe(text)
	if err != nil {
		return notJSON(err)
	}
	return fn.Errorf(fn.Unimplemented, "the event is %s; %s, with NAME one of %s", seen, understood, h.names())
}

func notJSON(err error) *fn.Error {
	return fn.Errorf(fn.InvalidArgument, "the event is not JSON").WithCause(err)
}

// description is what is told of an event.
type description struct {
	names      []string
	source     string // "aws:sqs", when the event says so
	authorizer bool
	websocket  bool
}

// describe says what an event looks like.
func describe(text string) (string, error) {
	r := newReader([]byte(text), text)
	d := &description{}
	isObject, err := r.object(func(name string) error { return d.member(r, name) })
	switch {
	case err != nil:
		return "", err
	case !isObject:
		return "no JSON object", nil
	}
	return d.String(), nil
}

func (d *description) member(r *reader, name string) error {
	d.names = append(d.names, name)
	switch name {
	case "methodArn", "routeArn":
		d.authorizer = true
	case "source", "eventSource", "EventSource":
		return d.readSource(r)
	case "requestContext":
		_, err := r.object(func(name string) error {
			d.websocket = d.websocket || name == "connectionId"
			return r.dec.SkipValue()
		})
		return err
	case "Records":
		return r.array(func() error { return d.record(r) })
	}
	return r.dec.SkipValue()
}

// record looks for the source in a record of SQS, S3, SNS and their like.
func (d *description) record(r *reader) error {
	_, err := r.object(func(name string) error {
		if name == "eventSource" || name == "EventSource" {
			return d.readSource(r)
		}
		return r.dec.SkipValue()
	})
	return err
}

// readSource keeps a source only if it is one of AWS's own names.
func (d *description) readSource(r *reader) error {
	source, err := r.string()
	if strings.HasPrefix(source, "aws:") || strings.HasPrefix(source, "aws.") {
		if len(source) <= maxName {
			d.source = source
		}
	}
	return err
}

// The most names, and the longest, that an error repeats.
const (
	maxNames = 20
	maxName  = 40
)

// String names the kind where it is known, and the members.
func (d *description) String() string {
	var b strings.Builder
	switch {
	case d.authorizer:
		b.WriteString("a request to a Lambda authorizer")
	case d.websocket:
		b.WriteString("a WebSocket event of API Gateway")
	case d.source != "":
		b.WriteString("an event of " + strconv.Quote(d.source))
	default:
		b.WriteString("of no known kind")
	}
	if len(d.names) == 0 {
		return b.String() + ", an object without members"
	}
	b.WriteString(", with the members ")
	for i, name := range d.names[:min(len(d.names), maxNames)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Quote(name[:min(len(name), maxName)]))
	}
	if len(d.names) > maxNames {
		b.WriteString(" and more")
	}
	return b.String()
}
