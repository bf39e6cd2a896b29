package binding

import "io"

// Source is one request as a plan sees it: the parts that an In can be bound
// from. A host implements it over whatever its platform hands it (an
// *http.Request, an AWS event, a test's request).
//
// The strings and slices that a Source returns are read, never changed, and
// are not used after Bind has returned unless they were bound into the In.
type Source interface {
	// PathValue returns the decoded value of the route's wildcard name, or ""
	// when the route has no such wildcard.
	PathValue(name string) string

	// RawQuery returns the query string as it stands in a URL: without the
	// question mark, still percent-encoded. Hosts whose platform decodes the
	// query encode it again, so that one parser decides for all of them.
	RawQuery() string

	// HeaderValues returns the values of the header in the order in which they
	// came. The name is given in canonical form (X-Request-Id); the host
	// compares names without regard to case.
	HeaderValues(name string) []string

	// Body returns the body, nil when there is none. A body that also has a
	// method Bytes() []byte is read from those bytes without a copy.
	Body() io.Reader
}

// Limits bound what Bind reads.
type Limits struct {
	// Body is the largest accepted body in bytes. Zero means DefaultBodyLimit.
	Body int64
	// AllowUnknown lets JSON members and form fields pass that the In does not
	// declare. Unknown query parameters and headers always pass: proxies,
	// trackers and browsers add their own.
	AllowUnknown bool
}

// DefaultBodyLimit is the largest body, in bytes, that is read when nothing
// else is said: 1 MiB.
const DefaultBodyLimit = 1 << 20
