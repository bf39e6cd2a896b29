package eventkind

import (
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// Event is what an event says of its kind.
type Event struct {
	text       string
	names      []string        // of its members
	members    map[string]bool // the same, and those of some objects in it
	source     string          // "aws:sqs", when the event or a record of it says so
	mixed      bool            // records say different ones
	cloudFront bool            // a record is of CloudFront
	array      bool
}

// Read reads an event; ok is false when it is not JSON.
func Read(text string) (e *Event, ok bool) {
	r := scan.NewReader(text)
	e = &Event{text: text, members: map[string]bool{}}
	switch r.Kind() {
	case '{':
		for r.Object(); r.More('}'); {
			e.member(&r, r.Name())
		}
	case '[':
		e.array = true
		e.readRecords(&r)
	default:
		e.array = true
		r.Skip()
	}
	return e, !r.Failed()
}

func (e *Event) member(r *scan.Reader, name string) {
	e.names = append(e.names, name)
	e.members[name] = true
	switch {
	case name == "source", name == "eventSource", name == "EventSource":
		e.readSource(r)
	case name == "Records":
		e.readRecords(r)
	case lookedInto[name] && r.Kind() == '{':
		for r.Object(); r.More('}'); {
			e.members[name+"."+r.Name()] = true
			r.Skip()
		}
	default:
		r.Skip()
	}
}

// readRecords looks for the source in records of SQS, S3, SNS and their like.
func (e *Event) readRecords(r *scan.Reader) {
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
				e.readSource(r)
			case "cf":
				e.cloudFront = true
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
func (e *Event) readSource(r *scan.Reader) {
	source := r.StringOrNull()
	own := strings.HasPrefix(source, "aws:") || strings.HasPrefix(source, "aws.") || source == selfManagedKafka
	if own && len(source) <= maxName {
		e.mixed = e.mixed || e.source != "" && e.source != source
		e.source = source
	}
}

// Kind names the kind of the event, "" when it is none that is known. An event of
// EventBridge is named by its source where that is a service of AWS.
func (e *Event) Kind() string {
	known := kindOf(e.members)
	switch {
	case e.recordsOf() != "":
		return "an event of " + strconv.Quote(e.source)
	case e.cloudFront && e.members["Records"]:
		return "an event of CloudFront (Lambda@Edge)"
	case known == nil:
		return ""
	case known.name == eventBridge && e.source != "":
		return "an event of " + strconv.Quote(e.source)
	}
	return known.name
}

// recordsOf is the source of a batch of records: "aws:sqs".
func (e *Event) recordsOf() string {
	if batch := e.array || e.members["Records"] || e.members["eventSource"]; batch && !strings.HasPrefix(e.source, "aws.") {
		return e.source
	}
	return ""
}

// DeclaredBy reports whether an In of these members is made for the event: it has
// all those that tell the kind.
func (e *Event) DeclaredBy(members map[string]bool) bool {
	switch {
	case e.array:
		return members["eventSource"]
	case e.recordsOf() != "" || e.cloudFront:
		return members["Records"] && e.members["Records"] || members["eventSource"] && e.members["eventSource"]
	}
	for _, name := range kindOf(e.members).members {
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
func (e *Event) String() string {
	kind := e.Kind()
	if e.array {
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
	if len(e.names) == 0 {
		return b.String() + ", an object without members"
	}
	b.WriteString(", with the members ")
	for i, name := range e.names[:min(len(e.names), maxNames)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Quote(name[:min(len(name), maxName)]))
	}
	if len(e.names) > maxNames {
		b.WriteString(" and more")
	}
	return b.String()
}
