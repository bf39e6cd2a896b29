package fn

// Code says what kind of failure an error is. The set is closed and uses the
// names of google.rpc.Code, so that it means the same on every host and in
// every language.
type Code int

// The codes, each with the HTTP status that it is rendered as.
const (
	Canceled           Code = iota + 1 // 499: the caller went away
	InvalidArgument                    // 400: the input is wrong, whatever the state (422 when a rule is broken)
	DeadlineExceeded                   // 504: time ran out
	NotFound                           // 404
	AlreadyExists                      // 409
	PermissionDenied                   // 403: known, and not allowed
	Unauthenticated                    // 401: not known
	ResourceExhausted                  // 429: a quota or rate limit
	FailedPrecondition                 // 400: the state does not allow it; do not retry until it changed
	Aborted                            // 409: a conflict with another writer; retry the whole
	OutOfRange                         // 400
	Unimplemented                      // 501
	Internal                           // 500: opaque to the caller
	Unavailable                        // 503: try again later
	DataLoss                           // 500: opaque to the caller
)

type codeInfo struct {
	name   string
	status int
}

var codes = [...]codeInfo{
	Canceled:           {"canceled", 499},
	InvalidArgument:    {"invalid_argument", 400},
	DeadlineExceeded:   {"deadline_exceeded", 504},
	NotFound:           {"not_found", 404},
	AlreadyExists:      {"already_exists", 409},
	PermissionDenied:   {"permission_denied", 403},
	Unauthenticated:    {"unauthenticated", 401},
	ResourceExhausted:  {"resource_exhausted", 429},
	FailedPrecondition: {"failed_precondition", 400},
	Aborted:            {"aborted", 409},
	OutOfRange:         {"out_of_range", 400},
	Unimplemented:      {"unimplemented", 501},
	Internal:           {"internal", 500},
	Unavailable:        {"unavailable", 503},
	DataLoss:           {"data_loss", 500},
}

// info returns the row of the code; what is not in the table counts as Internal.
func (c Code) info() codeInfo {
	if c < Canceled || int(c) >= len(codes) {
		return codes[Internal]
	}
	return codes[c]
}

// String returns the code's name as it stands on the wire: "not_found".
func (c Code) String() string { return c.info().name }

// HTTPStatus returns the status that errors of the code have over HTTP.
func (c Code) HTTPStatus() int { return c.info().status }

// temporary reports whether the code says that something which the app needs was late
// or missing, whatever the status.
func (c Code) temporary() bool { return c == DeadlineExceeded || c == Unavailable }

// opaque reports whether the caller must not see the error's text.
func (c Code) opaque() bool {
	s := c.info()
	return s.status == 500
}

// ParseCode returns the code of that wire name, or Internal and false.
func ParseCode(name string) (Code, bool) {
	for c := Canceled; int(c) < len(codes); c++ {
		if codes[c].name == name {
			return c, true
		}
	}
	return Internal, false
}
