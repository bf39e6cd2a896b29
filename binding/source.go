package binding

import (
	"context"
	"io"
)

// Source is one request as a codec sees it: the parts that an In can be bound
// from. A host implements it over whatever its platform hands it (an
// *http.Request, an AWS event, a test's request).
//
// The strings that a Source returns become part of the In. Slices stay the
// host's own: they are read, never changed, and not used after Bind has
// returned; what is bound from a body's bytes is copied. One exception: a
// field of type io.Reader reads the body itself, so the body belongs to the
// handler until it has returned.
type Source interface {
	// PathValue returns the decoded value of the route's wildcard name, or ""
	// when the route has no such wildcard. An empty value counts as absent.
	PathValue(name string) string

	// RawQuery returns the query string as it stands in a URL: without the
	// question mark, still percent-encoded. Hosts whose platform decodes the
	// query encode it again, so that one parser decides for all of them.
	RawQuery() string

	// HeaderValues returns the values of the header in the order in which they
	// came. The name is given in canonical form (X-Request-Id); the host
	// compares names without regard to case. Several values count as one that is
	// joined by commas (Cookie by "; "), as RFC 9110 section 5.3 lets every proxy
	// join them.
	HeaderValues(name string) []string

	// HeaderNames returns the names of the headers that came, in any order and
	// spelling, also more than once each. Binding asks for none of them: it is for
	// who hands on a whole header, as to an http.Handler.
	HeaderNames() []string

	// Body returns the body, nil when there is none; an empty one counts as none. A body that also has a
	// method Bytes() []byte is read from those bytes without a copy. One that has
	// a method Size() int64 says how many bytes it has, or -1 when that is not known
	// before it is read; one that is too large is then refused unread.
	Body() io.Reader
}

// lender is a Source that keeps its body, so that it can be read again and again.
type lender interface {
	// LendBody returns the whole body, which is there until DoneWithBody; over
	// reports that it is larger than the limit.
	LendBody(ctx context.Context, limit int64) (data []byte, over bool, err error)
	DoneWithBody()
}

// streamer is a Source whose body can be had for oneself.
type streamer interface{ Stream() io.Reader }

// ReadBody returns the whole body of the source, nil when it is empty. The error is
// an *Error: TooLarge or Unreadable.
func ReadBody(ctx context.Context, src Source, limits Limits) ([]byte, error) {
	limits = limits.orDefault()
	if source, ok := src.(lender); ok { // never given back: it is the caller's
		return lent(ctx, source, limits.Body)
	}
	body := src.Body()
	if body == nil {
		return nil, nil
	}
	if size(body) > limits.Body {
		return nil, tooLarge(limits.Body)
	}
	data, err := io.ReadAll(limit(body, limits.Body))
	if err != nil {
		return nil, refusal(err)
	}
	if len(data) == 0 {
		return nil, nil
	}
	return data, nil
}

// lent borrows the body. Only when there is no error is it to be given back.
func lent(ctx context.Context, source lender, limit int64) ([]byte, error) {
	data, over, err := source.LendBody(ctx, limit)
	if over {
		return nil, tooLarge(limit)
	}
	return data, refusal(err)
}

// Limits bound what Bind reads.
type Limits struct {
	// Body is the largest accepted body in bytes. Zero means DefaultBodyLimit.
	// At most one byte more than this is read.
	Body int64
	// AllowUnknown lets JSON members and form fields pass that the In does not
	// declare. Unknown query parameters and headers always pass: proxies,
	// trackers and browsers add their own.
	AllowUnknown bool
	// LooseNames reads the names in JSON as many libraries do: without regard to case,
	// to hyphens and to underscores where none is the same, and given twice. Of a member that is
	// given twice the last counts; objects are filled by both. Unknown ones pass.
	LooseNames bool
	// AnyMediaType takes a JSON body whatever its Content-Type says. A page of another
	// site can then send one with the user's cookies and without asking: forms and
	// text/plain need no preflight (Fetch Standard, section 2.2.2).
	AnyMediaType bool
}

// DefaultBodyLimit is the largest body, in bytes, that is read when nothing
// else is said: 1 MiB.
const DefaultBodyLimit = 1 << 20

// orDefault fills in what is not said.
func (l Limits) orDefault() Limits {
	if l.Body <= 0 {
		l.Body = DefaultBodyLimit
	}
	return l
}
