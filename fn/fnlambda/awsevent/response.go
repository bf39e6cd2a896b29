package awsevent

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Response is what the client gets.
type Response struct {
	Status int         // the HTTP status
	Header http.Header // names in canonical form
	Body   []byte      // decoded
}

// ReadResponse reads a function's response as the front door does. When the
// front door would refuse it, the Response is the 502 that the client gets,
// and the error says why. A REST API is taken to have its binaryMediaTypes set,
// so that base64 is decoded.
func ReadResponse(format Format, payload []byte) (Response, error) {
	var a answer
	err := a.read(format, payload)
	if err == nil && a.inferred {
		return Response{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: payload}, nil
	}
	var body []byte
	if err == nil {
		body, err = a.content()
	}
	if err != nil {
		return Response{Status: http.StatusBadGateway, Header: http.Header{}}, err
	}
	return Response{Status: a.status, Header: a.header(format), Body: body}, nil
}

// answer is a function's response before it is HTTP.
type answer struct {
	status   int
	single   map[string]string
	multi    map[string][]string
	cookies  []string
	body     string
	base64   bool
	inferred bool // the whole payload is the body
}

// members are the top-level keys that a format takes.
func (f Format) members() []string {
	switch f {
	case HTTPAPI, FunctionURL:
		return []string{"statusCode", "headers", "body", "isBase64Encoded", "cookies"}
	case ALB, ALBMulti:
		return []string{"statusCode", "statusDescription", "headers", "multiValueHeaders", "body", "isBase64Encoded"}
	}
	return []string{"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}
}

// read decodes the payload, member by member, as strictly as the format is.
func (a *answer) read(format Format, payload []byte) error {
	lenient := format == HTTPAPI || format == FunctionURL
	var members map[string]jsontext.Value
	if err := json.Unmarshal(payload, &members); err != nil {
		if lenient && jsontext.Value(payload).IsValid() {
			a.inferred = true
			return nil
		}
		return fmt.Errorf("the response is no JSON object: %w", err)
	}
	if _, ok := members["statusCode"]; !ok {
		return a.withoutStatus(format, members)
	}
	return a.take(format, members)
}

func (a *answer) withoutStatus(format Format, members map[string]jsontext.Value) error {
	switch format {
	case HTTPAPI, FunctionURL:
		a.inferred = true
		return nil
	case REST, HTTPAPIv1:
		a.status = 200
		return a.take(format, members)
	}
	return errors.New("the response has no statusCode")
}

func (a *answer) take(format Format, members map[string]jsontext.Value) error {
	known := format.members()
	for name, value := range members {
		if !slices.Contains(known, name) {
			if format == REST {
				return fmt.Errorf("the response has the unknown member %q", name)
			}
			continue
		}
		if err := a.member(name, value); err != nil {
			return fmt.Errorf("the response's member %s: %w", name, err)
		}
	}
	if a.status < 100 || a.status > 599 {
		return fmt.Errorf("the response's statusCode is %d", a.status)
	}
	return nil
}

func (a *answer) member(name string, value jsontext.Value) error {
	switch name {
	case "statusCode":
		return json.Unmarshal(value, &a.status)
	case "headers":
		return json.Unmarshal(value, &a.single)
	case "multiValueHeaders":
		return json.Unmarshal(value, &a.multi)
	case "cookies":
		return json.Unmarshal(value, &a.cookies)
	case "body":
		return json.Unmarshal(value, &a.body)
	case "isBase64Encoded":
		return json.Unmarshal(value, &a.base64)
	}
	return nil
}

func (a *answer) content() ([]byte, error) {
	if !a.base64 {
		return []byte(a.body), nil
	}
	data, err := base64.StdEncoding.DecodeString(a.body)
	if err != nil {
		return nil, fmt.Errorf("the response's body is no base64: %w", err)
	}
	return data, nil
}

// header takes the members that the format looks at. The names of a map have
// no order, but those that differ in case alone are each a field of their own.
func (a *answer) header(format Format) http.Header {
	header := http.Header{}
	if format != ALBMulti {
		for _, name := range sortedNames(a.single) {
			header.Add(name, a.single[name])
		}
	}
	if format == REST || format == HTTPAPIv1 || format == ALBMulti {
		for name := range a.multi {
			header.Del(name) // the multi-value form wins
		}
		for _, name := range sortedNames(a.multi) {
			for _, value := range a.multi[name] {
				header.Add(name, value)
			}
		}
	}
	for _, cookie := range a.cookies {
		header.Add("Set-Cookie", cookie)
	}
	return header
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
