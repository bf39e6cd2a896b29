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
	seen, ok := describe(text)
	if !ok {
		return notJSON()
	}
	return fn.Errorf(fn.Unimplemented, "the event is %s; %s, with NAME one of %s", seen, understood, h.names())
}

func notJSON() *fn.Error { return fn.Errorf(fn.InvalidArgument, "the event is not JSON") }

// description is what is told of an event.
type description struct {
	names      []string
	source     string // "aws:sqs", when the event says so
	authorizer bool
	websocket  bool
}

// describe says what an event looks like; ok is false when it is not JSON.
func describe(text string) (what string, ok bool) {
	r, d := newReader(text), &description{}
	isObject := r.object()
	if isObject {
		for r.More('}') {
			d.member(&r, r.Name())
		}
	}
	switch {
	case r.Failed():
		return "", false
	case !isObject:
		return "no JSON object", true
	}
	return d.String(), true
}

func (d *description) member(r *reader, name string) {
	d.names = append(d.names, name)
	switch name {
	case "methodArn", "routeArn":
		d.authorizer = true
	case "source", "eventSource", "EventSource":
		d.readSource(r)
		return
	case "requestContext":
		d.readContext(r)
		return
	case "Records":
		d.readRecords(r)
		return
	}
	r.Skip()
}

func (d *description) readContext(r *reader) {
	if r.object() {
		for r.More('}') {
			d.websocket = r.Name() == "connectionId" || d.websocket
			r.Skip()
		}
	}
}

// readRecords looks for the source in records of SQS, S3, SNS and their like.
func (d *description) readRecords(r *reader) {
	if !r.array() {
		return
	}
	for r.More(']') {
		if !r.object() {
			continue
		}
		for r.More('}') {
			if name := r.Name(); name == "eventSource" || name == "EventSource" {
				d.readSource(r)
			} else {
				r.Skip()
			}
		}
	}
}

// readSource keeps a source only if it is one of AWS's own names.
func (d *description) readSource(r *reader) {
	source := r.text()
	if (strings.HasPrefix(source, "aws:") || strings.HasPrefix(source, "aws.")) && len(source) <= maxName {
		d.source = source
	}
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
