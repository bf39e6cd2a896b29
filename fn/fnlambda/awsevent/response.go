package awsevent

import (
	"net/http"
	"slices"
)

// Response is what the client gets.
type Response struct {
	Status int         // the HTTP status
	Header http.Header // names in canonical form
	Body   []byte      // decoded; nil when there is none

	// Base64 says that the function sent the body as base64. A REST API hands
	// base64 on as it is unless its binaryMediaTypes cover the type of the
	// response; the other front doors need no setting.
	Base64 bool
}

// RefusalError is why a front door does not take a function's response.
type RefusalError struct {
	Format Format
	Reason string // what was seen and what the front door wants
}

// Error returns the reason in a sentence.
func (e *RefusalError) Error() string {
	return "awsevent: " + e.Format.front() + " refuses the response: " + e.Reason
}

// ReadResponse reads a function's response as the front door does. When the
// front door would refuse it, the Response is what Failed returns and the error
// is a *RefusalError; HTTP APIs answer 500 then, the others 502.
//
// A REST API is taken to have */* in its binaryMediaTypes, without which it sends
// base64 to the client as it is. Names that API Gateway keeps for itself, such as
// WWW-Authenticate, are left as they are and not renamed to X-Amzn-Remapped-*.
func ReadResponse(format Format, payload []byte) (Response, error) {
	if err := format.check(); err != nil {
		return Response{}, err
	}
	a := &answer{format: format}
	if err := a.read(payload); err != nil {
		return Failed(format), &RefusalError{Format: format, Reason: err.Error()}
	}
	return a.response(), nil
}

// Failed returns what the client gets when the function failed, or sent what
// the front door refuses.
func Failed(format Format) Response {
	switch {
	case format == REST:
		return plain(http.StatusBadGateway, "application/json", `{"message": "Internal server error"}`)
	case format.httpAPI():
		return plain(http.StatusInternalServerError, "application/json", `{"message":"Internal Server Error"}`)
	case format == FunctionURL:
		return plain(http.StatusBadGateway, "application/json", `{"Message":null}`)
	}
	return plain(http.StatusBadGateway, "text/html", "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>")
}

func plain(status int, contentType, body string) Response {
	return Response{Status: status, Header: http.Header{"Content-Type": {contentType}}, Body: []byte(body)}
}

// response puts together what the client gets.
func (a *answer) response() Response {
	r := Response{Status: a.status, Header: a.header(), Body: a.body, Base64: a.base64}
	for _, name := range append([]string{"Content-Length"}, hopByHop...) {
		r.Header.Del(name) // the front door writes its own
	}
	if r.Status == http.StatusNoContent || r.Status == http.StatusNotModified || len(r.Body) == 0 {
		r.Body = nil
	} else if r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", a.format.contentType())
	}
	return r
}

// contentType is what the front door says about a body of which the function
// does not say what it is.
func (f Format) contentType() string {
	switch {
	case f == REST, f == FunctionURL:
		return "application/json"
	case f.httpAPI():
		return "text/plain;charset=UTF-8"
	}
	return "application/octet-stream"
}

// header takes the members that the format looks at.
func (a *answer) header() http.Header {
	h := http.Header{}
	for _, f := range a.multi {
		for _, value := range f.values {
			h.Add(f.name, value)
		}
	}
	for _, f := range a.single { // both forms add up, but for pairs that are in both
		for _, value := range f.values {
			if !slices.Contains(a.multi.get(f.name), value) {
				h.Add(f.name, value)
			}
		}
	}
	for _, cookie := range a.cookies {
		h.Add("Set-Cookie", cookie)
	}
	return h
}
