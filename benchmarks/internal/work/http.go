package work

import (
	"context"
	"net/http"
	"strings"
)

// HTTP makes the request to the server at base, such as "http://localhost:8080".
func (r Request) HTTP(ctx context.Context, base string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, r.Method, base+r.Target, strings.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	for name, value := range r.Headers() {
		req.Header.Set(name, value)
	}
	return req, nil
}

// Headers are the header fields of the request, the content type among them.
func (r Request) Headers() map[string]string {
	fields := map[string]string{}
	for name, value := range r.Header {
		fields[name] = value
	}
	if r.ContentType != "" {
		fields["Content-Type"] = r.ContentType
	}
	return fields
}

// Named is the request of a workload.
func Named(name string) (Request, bool) {
	for _, r := range Requests() {
		if r.Name == name {
			return r, true
		}
	}
	return Request{}, false
}
