package fntest

import (
	"bytes"
	"fmt"
	"maps"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/binding"
)

// Request is an HTTP request, built once and expressed in each host's terms.
// The methods return changed copies, so that a request can be a template.
type Request struct {
	method string
	target string
	header http.Header
	body   []byte
	random bool  // made by Random
	err    error // of building it; reported when it is sent
}

// NewRequest returns a request for the target, which is what stands in a
// request line: a percent-encoded path, and a query behind a question mark.
func NewRequest(method, target string) Request {
	return Request{method: method, target: target}
}

// Get returns a GET request.
func Get(target string) Request { return NewRequest(http.MethodGet, target) }

// Post returns a POST request.
func Post(target string) Request { return NewRequest(http.MethodPost, target) }

// Put returns a PUT request.
func Put(target string) Request { return NewRequest(http.MethodPut, target) }

// Patch returns a PATCH request.
func Patch(target string) Request { return NewRequest(http.MethodPatch, target) }

// Delete returns a DELETE request.
func Delete(target string) Request { return NewRequest(http.MethodDelete, target) }

// Header adds a header field.
func (r Request) Header(name, value string) Request {
	r.header = r.header.Clone()
	if r.header == nil {
		r.header = http.Header{}
	}
	r.header.Add(name, value)
	return r
}

// Cookie adds a cookie to the one Cookie header that clients send.
func (r Request) Cookie(name, value string) Request {
	pair := (&http.Cookie{Name: name, Value: value}).String()
	if before := r.header.Get("Cookie"); before != "" {
		pair = before + "; " + pair
	}
	r.header = r.header.Clone()
	if r.header == nil {
		r.header = http.Header{}
	}
	r.header.Set("Cookie", pair)
	return r
}

// Body sets the body and its media type.
func (r Request) Body(contentType string, body []byte) Request {
	r.body = slices.Clone(body)
	r.header = r.header.Clone()
	if r.header == nil {
		r.header = http.Header{}
	}
	r.header.Set("Content-Type", contentType)
	return r
}

// JSON sets the body to v as JSON.
func (r Request) JSON(v any) Request {
	body, err := json.Marshal(v)
	if err != nil {
		r.err = fmt.Errorf("the body of %s %s: %w", r.method, r.target, err)
	}
	return r.Body("application/json", body)
}

// Form sets the body to an urlencoded form.
func (r Request) Form(values url.Values) Request {
	return r.Body("application/x-www-form-urlencoded", []byte(values.Encode()))
}

// Multipart sets the body to a multipart form of the fields and the files,
// each file under its field's name.
func (r Request) Multipart(fields url.Values, files map[string]binding.File) Request {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		for _, value := range fields[name] {
			_ = w.WriteField(name, value) // a bytes.Buffer takes everything
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		writeFile(w, name, files[name])
	}
	_ = w.Close()
	return r.Body(w.FormDataContentType(), b.Bytes())
}

func writeFile(w *multipart.Writer, field string, file binding.File) {
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", multipart.FileContentDisposition(field, file.Name))
	if file.ContentType != "" {
		header.Set("Content-Type", file.ContentType)
	}
	if part, err := w.CreatePart(header); err == nil {
		_, _ = part.Write(file.Data)
	}
}

// String returns the request line: "GET /orders/42?expand=items".
func (r Request) String() string { return r.method + " " + r.target }

// path splits the target into path and query.
func (r Request) split() (path, query string) {
	before, after, _ := bytes.Cut([]byte(r.target), []byte("?"))
	return string(before), string(after)
}

// authority is the Host header.
func (r Request) authority() string {
	if host := r.header.Get("Host"); host != "" {
		return host
	}
	return domain
}

// What every request has unless it says otherwise. The address is one for
// documentation (RFC 5737), the domain likewise (RFC 2606).
const (
	domain   = "app.example"
	remoteIP = "203.0.113.7"
)
