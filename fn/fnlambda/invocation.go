package fnlambda

import (
	"io"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
	"github.com/anygrain/anygrain/internal/router"
)

// invocation is one event of a front door as a request: the binding.Source,
// and the fn.Request around it. It is not used again, since a function that
// missed its deadline may still read it.
type invocation struct {
	raw      rawEvent
	event    frontdoor.Request
	request  fn.Request
	location frontdoor.Location
	query    string
	body     body

	target *target // the route that the event names
	values []string
	few    [4]string              // memory for values
	match  *router.Match[*target] // the router's answer, when the event names none
}

// PathValue implements binding.Source.
func (v *invocation) PathValue(name string) string {
	switch {
	case v.match != nil:
		return v.match.PathValue(name)
	case v.target == nil:
		return ""
	}
	for i, n := range v.target.names {
		if n == name {
			return v.values[i]
		}
	}
	return ""
}

// RawQuery implements binding.Source.
func (v *invocation) RawQuery() string { return v.query }

// HeaderValues implements binding.Source.
func (v *invocation) HeaderValues(name string) []string { return v.event.HeaderValues(name) }

// HeaderNames implements binding.Source.
func (v *invocation) HeaderNames() []string { return v.event.HeaderNames() }

// HeaderIndex returns HeaderNames, and HeaderValues for who asks for all of them.
func (v *invocation) HeaderIndex() (names []string, valuesOf func(name string) []string) {
	return v.event.HeaderIndex()
}

// Body implements binding.Source. It is asked once, by fn, which keeps what it reads.
func (v *invocation) Body() io.Reader {
	if len(v.body.data) == 0 {
		return nil
	}
	return &v.body
}

// prepare puts the event, which has been read from the text, into the terms of HTTP.
func (v *invocation) prepare(e *frontdoor.Event, text, basePath string) {
	v.raw = rawEvent{text, e.Format}
	v.location, v.query = e.Locate(basePath), e.Query()
	r := &v.request // field by field: it is too large to be copied for nothing
	r.Kind = fn.KindHTTP
	r.Method, r.Path = e.Method, v.location.Path
	r.Authority, r.Scheme, r.RemoteAddr = e.Authority(), e.Scheme(), e.RemoteAddr()
	r.From, r.Native = fn.InputFromSource(v), &v.raw
}

// body is a request body that is in memory already. It has Bytes, so that
// binding reads it without a copy.
type body struct {
	data []byte
	read int
}

// Bytes returns the whole body.
func (b *body) Bytes() []byte { return b.data }

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if b.read == len(b.data) {
		return 0, io.EOF
	}
	n := copy(p, b.data[b.read:])
	b.read += n
	return n, nil
}
