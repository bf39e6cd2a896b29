package fn

import (
	"maps"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/fn/internal/wire"
	"github.com/anygrain/anygrain/internal/httpstatus"
)

// problemReply renders the error as a problem document (RFC 9457 section 3).
// The type is about:blank, so the title is the status' own phrase.
func (r *Request) problemReply(e *Error) *Reply {
	body, _ := e.AppendProblem(make([]byte, 0, problemSize+violationSize*len(e.violations)))
	reply := r.newReply()
	reply.Status, reply.Body = e.HTTPStatus(), body
	reply.Header = append(reply.Header, e.header...)
	reply.Header.Set("Content-Type", "application/problem+json")
	return reply
}

// AppendProblem appends the error as callers see it: a problem document (RFC
// 9457) with the members type, title, status, detail, code, violations and the
// details. Of an opaque error only title, status and code are shown. What is not
// UTF-8 is replaced by U+FFFD; a detail that has no JSON is left out.
// So the error is always nil; it is there as in encoding.TextAppender.
func (e *Error) AppendProblem(dst []byte) ([]byte, error) {
	e = e.orNone()
	status := e.HTTPStatus()
	texts := problemWriter{dst: append(dst, `{"type":"about:blank"`...)}
	texts.add(`,"title":`, httpstatus.Text(status))
	texts.dst = strconv.AppendInt(append(texts.dst, `,"status":`...), int64(status), 10)
	texts.add(`,"code":`, e.code.String())
	if !e.code.opaque() {
		if e.message != "" {
			texts.add(`,"detail":`, e.message)
		}
		texts.addViolations(e.violations)
		texts.addDetails(e.sortedDetails())
	}
	return append(texts.dst, '}'), nil
}

// problemWriter writes a JSON object, most of whose values are texts.
type problemWriter struct{ dst []byte }

// add appends a text behind what stands before it.
func (t *problemWriter) add(before, text string) {
	t.dst, _ = jsontext.AppendQuote(append(t.dst, before...), validText(text)) // of valid text there is no error
}

func (t *problemWriter) addViolations(violations []Violation) {
	if len(violations) == 0 {
		return
	}
	before := `,"violations":[{"location":`
	for i := range violations {
		v := &violations[i]
		t.add(before, v.Location)
		t.add(`,"rule":`, v.Rule)
		t.add(`,"message":`, v.Message)
		before = `},{"location":`
	}
	t.dst = append(t.dst, "}]"...)
}

// addDetails appends the members that the error's maker gave it.
func (t *problemWriter) addDetails(details []member) {
	for _, d := range details {
		if value, ok := wire.AppendDetail(nil, d.value); ok {
			t.add(",", d.name)
			t.dst = append(append(t.dst, ':'), value...)
		}
	}
}

// What a problem document needs in bytes, as a rule.
const (
	problemSize   = 200
	violationSize = 100
)

type member struct {
	name  string
	value any
}

// ownMembers are the members that a detail cannot replace.
var ownMembers = []string{"type", "title", "status", "detail", "instance", "code", "violations"}

func (e *Error) sortedDetails() []member {
	var doc []member
	for _, name := range slices.Sorted(maps.Keys(e.details)) {
		if !slices.Contains(ownMembers, name) {
			doc = append(doc, member{name, e.details[name]})
		}
	}
	return doc
}
