package fn

import (
	"errors"
	"fmt"
	"io"

	"github.com/anygrain/anygrain/binding"
)

// Header is the header of a reply: fields in order, a name as often as it has values.
type Header = binding.Header

// Cookie is a cookie of a reply, bound by cookie:"name" in an Out.
type Cookie = binding.SetCookie

// File is an uploaded file of a multipart form, bound by form:"name" in an In.
type File = binding.File

// Reply is what a function answered, rendered once. Hosts only carry it. Like its
// Request it belongs to one invocation; who keeps an answer keeps a copy.
type Reply struct {
	Status int       // HTTP status; 0 for calls, which have none
	Header Header    // response header, with Content-Type and Set-Cookie
	Body   []byte    // the body; the Out as JSON for a direct invoke
	Stream io.Reader // a body that is read once instead of Body; a host closes it when it is an io.Closer
	Value  any       // a pointer to the Out when the request is a KindCall
}

// close gives up a stream that nobody is going to read. The error is a panic of its Close.
func (r *Reply) close() (failure *Error) {
	defer func() {
		if v := recover(); v != nil {
			failure = Recovered(v)
		}
	}()
	if c, ok := r.Stream.(io.Closer); ok {
		_ = c.Close()
	}
	return nil
}

// Redirect is an Out that sends the client elsewhere. One with another status, or
// without a location, is an Internal error over HTTP.
type Redirect struct {
	Status   int    `status:""`         // 301, 302, 303, 307 or 308
	Location string `header:"Location"` // a URL, or a reference to one (RFC 9110 section 10.2.2)
}

// RedirectTo returns a redirect to the URL. The status is one of 301, 302, 303,
// 307, 308 (RFC 9110 section 15.4); 303 is the one that follows a form. What cannot
// stand in a URL, such as a space, a quote, a line break or what is not ASCII, is
// percent-encoded, as in every field that an Out binds to Location.
func RedirectTo(status int, url string) Redirect {
	return Redirect{Status: status, Location: binding.EscapeReference(url)}
}

// check refuses what no client would follow.
func (r *Redirect) check() error {
	switch r.Status {
	case 301, 302, 303, 307, 308:
	default:
		return fmt.Errorf("the redirect has the status %d; expected 301, 302, 303, 307 or 308", r.Status)
	}
	if r.Location == "" {
		return errors.New("the redirect has no location")
	}
	return nil
}
