package fn

import (
	"maps"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// problemReply renders the error as a problem document (RFC 9457 section 3).
// The type is about:blank, so the title is the status' own phrase.
func problemReply(e *Error) *Reply {
	body, err := e.AppendProblem(make([]byte, 0, usualProblem+usualViolation*len(e.violations)))
	if err != nil { // a detail cannot be encoded: the rest still can
		plain := *e
		plain.details = nil
		body, _ = plain.AppendProblem(nil)
	}
	header := slices.Clone(e.header)
	header.Set("Content-Type", "application/problem+json")
	return &Reply{Status: e.HTTPStatus(), Header: header, Body: body}
}

// AppendProblem appends the error as callers see it: a problem document (RFC
// 9457) with the members type, title, status, detail, code, violations and the
// details. Of an opaque error only title, status and code are shown.
func (e *Error) AppendProblem(dst []byte) ([]byte, error) {
	status := e.HTTPStatus()
	doc := append(make([]member, 0, len(ownMembers)+len(e.details)),
		member{"type", "about:blank"},
		member{"title", statusText(status)},
		member{"status", status},
		member{"code", e.code.String()},
	)
	if !e.code.opaque() {
		if e.message != "" {
			doc = append(doc, member{"detail", e.message})
		}
		if len(e.violations) > 0 {
			doc = append(doc, member{"violations", e.violations})
		}
		doc = append(doc, e.sortedDetails()...)
	}
	return appendObject(dst, doc)
}

// What a problem document needs in bytes, as a rule.
const (
	usualProblem   = 200
	usualViolation = 100
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

// appendObject encodes the members in their order.
func appendObject(dst []byte, members []member) ([]byte, error) {
	dst = append(dst, '{')
	for i, m := range members {
		if i > 0 {
			dst = append(dst, ',')
		}
		var err error
		if dst, err = jsontext.AppendQuote(dst, m.name); err != nil {
			return nil, err
		}
		if dst, err = appendValue(append(dst, ':'), m.value); err != nil {
			return nil, err
		}
	}
	return append(dst, '}'), nil
}

// appendValue encodes a member's value. What every problem has needs no JSON package.
func appendValue(dst []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case string:
		return jsontext.AppendQuote(dst, v)
	case int:
		return strconv.AppendInt(dst, int64(v), 10), nil
	case []Violation:
		return appendViolations(dst, v)
	}
	data, err := json.Marshal(value, json.Deterministic(true))
	return append(dst, data...), err
}

func appendViolations(dst []byte, violations []Violation) (_ []byte, err error) {
	dst = append(dst, '[')
	for i, v := range violations {
		if i > 0 {
			dst = append(dst, ',')
		}
		for _, m := range [...]struct{ start, text string }{
			{`{"location":`, v.Location}, {`,"rule":`, v.Rule}, {`,"message":`, v.Message},
		} {
			if dst, err = jsontext.AppendQuote(append(dst, m.start...), m.text); err != nil {
				return nil, err
			}
		}
		dst = append(dst, '}')
	}
	return append(dst, ']'), nil
}

// statusText returns the phrase of the statuses that errors have (RFC 9110
// section 15; 499 as nginx has it). net/http knows them too, and would add
// more than a megabyte to a binary for it.
func statusText(status int) string {
	if text, ok := statusTexts[status]; ok {
		return text
	}
	return "Status " + strconv.Itoa(status)
}

var statusTexts = map[int]string{
	400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
	405: "Method Not Allowed", 406: "Not Acceptable", 407: "Proxy Authentication Required", 408: "Request Timeout",
	409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large",
	414: "URI Too Long", 415: "Unsupported Media Type", 416: "Range Not Satisfiable", 417: "Expectation Failed",
	418: "I'm a teapot", 421: "Misdirected Request", 422: "Unprocessable Content", 423: "Locked", 424: "Failed Dependency",
	425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required", 429: "Too Many Requests",
	431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons", 499: "Client Closed Request",
	500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
	504: "Gateway Timeout", 505: "HTTP Version Not Supported", 507: "Insufficient Storage", 508: "Loop Detected",
	511: "Network Authentication Required",
}
