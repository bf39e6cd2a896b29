package fntest

import (
	"fmt"
	"net/http"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/fn"
)

// Response is what the client gets.
type Response struct {
	Status int         // the HTTP status
	Header http.Header // without what the platform adds: Date, Content-Length, Connection
	Body   []byte      // decoded, where the platform carries it as base64
}

// received is a response with what the client sees of its framing.
type received struct {
	*Response
	length string // Content-Length, "" when it is not known
}

// String returns status and body for a failure's text.
func (r *Response) String() string { return fmt.Sprintf("%d %s", r.Status, r.Body) }

// JSON decodes the body into v.
func (r *Response) JSON(v any) error { return json.Unmarshal(r.Body, v) }

// Problem is a problem document (RFC 9457).
type Problem struct {
	Status     int            `json:"status"`     // as the response's
	Title      string         `json:"title"`      // the status in words
	Code       string         `json:"code"`       // "not_found"
	Detail     string         `json:"detail"`     // the error's message
	Violations []fn.Violation `json:"violations"` // what was wrong with the input
	Others     map[string]any `json:",embed"`     // the error's details, and "type"
}

// Problem decodes the body as a problem document. It is nil when the response
// is none.
func (r *Response) Problem() *Problem {
	if r.Header.Get("Content-Type") != "application/problem+json" {
		return nil
	}
	var p Problem
	if err := r.JSON(&p); err != nil {
		return nil
	}
	return &p
}

// platformHeader are fields that servers and front doors add on their own.
var platformHeader = []string{"Connection", "Content-Length", "Date", "Transfer-Encoding", "Upgrade"}

func newReceived(status int, header http.Header, body []byte) received {
	for _, name := range platformHeader {
		header.Del(name)
	}
	return received{Response: &Response{Status: status, Header: header, Body: body}}
}
