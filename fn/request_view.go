package fn

import (
	"context"
	"io"
	"net/textproto"
	"slices"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/rawbody"
	"github.com/anygrain/anygrain/internal/fieldline"
)

// view is a host's source as all see it who look at a request: middleware,
// binding, handlers. It is where the hosts are made alike: repeated header fields
// are one value, and the body can be read again and again.
type view struct {
	source    binding.Source
	authority string
	body      rawbody.Body
}

// begin puts the view before the request's source.
func (v *view) begin(ctx context.Context, r *Request) {
	v.source, v.authority = r.From.source, r.Authority
	v.body.Begin(ctx, r.From.source, r.entry.limits.Body)
	r.From.source = v
}

// sameView reports whether both are one view, or no source at all.
func sameView(a, b binding.Source) bool {
	va, ok := a.(*view)
	vb, both := b.(*view)
	return ok && both && va == vb || a == nil && b == nil
}

// PathValue implements binding.Source.
func (v *view) PathValue(name string) string { return v.source.PathValue(name) }

// RawQuery implements binding.Source.
func (v *view) RawQuery() string { return v.source.RawQuery() }

// HeaderValues implements binding.Source: one value at most, of a name in any
// spelling. The host is that of the request.
func (v *view) HeaderValues(name string) []string {
	name = textproto.CanonicalMIMEHeaderKey(name)
	if name == "Host" && v.authority != "" {
		return []string{v.authority}
	}
	return fieldline.One(name, v.source.HeaderValues(name))
}

// HeaderIndex returns HeaderNames, and HeaderValues for who asks for all of them: there
// are hosts where finding one takes a look at all.
func (v *view) HeaderIndex() (names []string, valuesOf func(name string) []string) {
	indexed, ok := v.source.(interface {
		HeaderIndex() (names []string, valuesOf func(name string) []string)
	})
	if !ok {
		return v.HeaderNames(), v.HeaderValues
	}
	names, sourceValues := indexed.HeaderIndex()
	return v.canonical(names), func(name string) []string {
		name = textproto.CanonicalMIMEHeaderKey(name)
		if name == "Host" && v.authority != "" {
			return []string{v.authority}
		}
		return fieldline.One(name, sourceValues(name))
	}
}

// HeaderNames implements binding.Source: canonical names in their order, each once,
// and Host among them.
func (v *view) HeaderNames() []string { return v.canonical(v.source.HeaderNames()) }

func (v *view) canonical(names []string) []string {
	all := make([]string, 0, len(names)+1)
	if v.authority != "" {
		all = append(all, "Host")
	}
	for _, name := range names {
		all = append(all, textproto.CanonicalMIMEHeaderKey(name))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Unwrap returns the host's own source.
func (v *view) Unwrap() binding.Source { return v.source }

// Body implements binding.Source: the body from its beginning, nil when it is empty.
func (v *view) Body() io.Reader {
	if body := v.body.Reader(); body != nil {
		return body
	}
	return nil
}

// Stream is Body for who reads it once, and is alone with it from then on.
func (v *view) Stream() io.Reader { return v.body.Stream() }

// LendBody lends binding the body until DoneWithBody is called; over reports that
// it is larger than the limit.
func (v *view) LendBody(ctx context.Context, limit int64) (data []byte, over bool, err error) {
	return v.body.Whole(ctx, limit)
}

// DoneWithBody says that binding does not look at the body any more.
func (v *view) DoneWithBody() { v.body.Done() }

// Body returns the raw body of a request over HTTP within the function's limit
// (see BodyLimit), nil when it is empty. It can be called again and again, before
// the function and after it, on every host. What it returns must not be changed.
// A direct invoke and an event have their JSON for a body, a call has none.
//
// The error is an *Error: of status 413 when the body is larger than the limit,
// 400 when it breaks off, and Internal when the function has taken it as a stream
// by then, by a field of type io.Reader or as an http.Handler. What was read
// before that, the stream has again. ctx ends the waiting for another goroutine
// that is reading the body.
func (r *Request) Body(ctx context.Context) ([]byte, error) {
	if r.From.source == nil {
		return r.From.data, nil
	}
	data, err := binding.ReadBody(ctx, r.From.source, r.in().limits)
	return data, bindingError(err)
}
