package fnlambda

import (
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// requests are what every unit takes.
const requests = "this unit takes requests of API Gateway (REST and HTTP API, payload 1.0 and 2.0), of load balancers and of Function URLs"

// notUnderstood describes an event that the unit does not take: by its kind and
// the names of its members, never by their values.
func (h *Handler) notUnderstood(text string) *fn.Error {
	seen, ok := describe(text)
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

// description is what is told of an event.
type description struct {
	names   []string        // of its members
	members map[string]bool // the same, and those of some objects in it
	source  string          // "aws:sqs", when the event or a record of it says so
	edge    bool            // a record is of CloudFront
	array   bool
}

// describe says what an event looks like; ok is false when it is not JSON.
func describe(text string) (what string, ok bool) {
	d, ok := read(text)
	return d.String(), ok
}

// read reads an event for its description.
func read(text string) (d *description, ok bool) {
	r := scan.NewReader(text)
	d = &description{members: map[string]bool{}}
	switch r.Kind() {
	case '{':
		for r.Object(); r.More('}'); {
			d.member(&r, r.Name())
		}
	case '[':
		d.array = true
		d.readRecords(&r)
	default:
		d.array = true
		r.Skip()
	}
	return d, !r.Failed()
}

func (d *description) member(r *scan.Reader, name string) {
	d.names = append(d.names, name)
	d.members[name] = true
	switch {
	case name == "source", name == "eventSource", name == "EventSource":
		d.readSource(r)
	case name == "Records":
		d.readRecords(r)
	case opened[name] && r.Kind() == '{':
		for r.Object(); r.More('}'); {
			d.members[name+"."+r.Name()] = true
			r.Skip()
		}
	default:
		r.Skip()
	}
}

// readRecords looks for the source in records of SQS, S3, SNS and their like.
func (d *description) readRecords(r *scan.Reader) {
	if !r.Array() {
		return
	}
	for r.More(']') {
		if !r.Object() {
			continue
		}
		for r.More('}') {
			switch name := r.Name(); name {
			case "eventSource", "EventSource":
				d.readSource(r)
			case "cf":
				d.edge = true
				r.Skip()
			default:
				r.Skip()
			}
		}
	}
}

// selfManagedKafka is the one source of AWS whose name does not begin like the others.
const selfManagedKafka = "SelfManagedKafka"

// readSource keeps a source only if it is one of AWS's own names.
func (d *description) readSource(r *scan.Reader) {
	source := r.StringOrNull()
	own := strings.HasPrefix(source, "aws:") || strings.HasPrefix(source, "aws.") || source == selfManagedKafka
	if own && len(source) <= maxName {
		d.source = source
	}
}

// kind names the kind of the event, "" when it is none that is known. An event of
// EventBridge is named by its source where that is a service of AWS.
func (d *description) kind() string {
	known := kindOf(d.members)
	switch {
	case d.recordsOf() != "":
		return "an event of " + strconv.Quote(d.source)
	case d.edge && d.members["Records"]:
		return "an event of CloudFront (Lambda@Edge)"
	case known == nil:
		return ""
	case known.name == eventBridge && d.source != "":
		return "an event of " + strconv.Quote(d.source)
	}
	return known.name
}

// recordsOf is the source of a batch of records: "aws:sqs".
func (d *description) recordsOf() string {
	if batch := d.array || d.members["Records"] || d.members["eventSource"]; batch && !strings.HasPrefix(d.source, "aws.") {
		return d.source
	}
	return ""
}

// declaredBy reports whether an In of these members is made for the event: it has
// all those that tell the kind.
func (d *description) declaredBy(members map[string]bool) bool {
	switch {
	case d.array:
		return members["eventSource"]
	case d.recordsOf() != "" || d.edge:
		return members["Records"] && d.members["Records"] || members["eventSource"] && d.members["eventSource"]
	}
	for _, name := range kindOf(d.members).members {
		if !members[top(name)] && !members[name] {
			return false
		}
	}
	return true
}

// The most names, and the longest, that an error repeats.
const (
	maxNames = 20
	maxName  = 40
)

// String names the kind where it is known, and the members.
func (d *description) String() string {
	kind := d.kind()
	if d.array {
		if kind == "" {
			return "no JSON object"
		}
		return kind + ", an array of records"
	}
	var b strings.Builder
	b.WriteString(kind)
	if kind == "" {
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
