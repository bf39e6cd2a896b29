package fn

import (
	"context"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/internal/fieldline"
)

// RequestKind says how a request reached a function: where its In comes from
// and where its Out goes. In log lines it is the field "trigger".
type RequestKind string

// The kinds of requests.
const (
	KindHTTP   RequestKind = "http"   // an HTTP request, whatever front door carried it
	KindDirect RequestKind = "direct" // an invoke with the whole In as one JSON value
	KindCall   RequestKind = "call"   // a call with Go values, in this process
	KindEvent  RequestKind = "event"  // a platform's event that is handed on as it came
)

// builtIn reports whether the kind is one of fn's own, which no trigger can have. A call that does
// not wait is to be of the kind "send".
func (k RequestKind) builtIn() bool {
	return k == KindHTTP || k == KindDirect || k == KindCall || k == KindEvent || k == "send"
}

// Request is one request to a function as middleware and hosts see it. A host
// fills the exported fields; a Request belongs to one invocation and must not
// be kept.
type Request struct {
	Kind  RequestKind // for logs and middleware; what a function gets is in From
	Host  string      // which host runs the unit, for handlers and logs: "http", "lambda", "test"; the Host says it
	ID    string      // the request id; set by middleware.RequestID
	Route string      // the pattern that matched, "" when no route was involved

	// The request in the terms of HTTP, when Kind is KindHTTP.
	Method     string
	Path       string // as in the URL: percent-encoded
	Authority  string // the Host header
	Scheme     string // "http" or "https", as the client sees it
	RemoteAddr string // the client's address, with a port where it is known

	// From is what the In is made of.
	From Input

	// TraceParent is the request's place in a trace (W3C Trace Context, section
	// 3.2): of a call that of its caller, else what middleware sets; by default
	// the client's header. Calls pass it on.
	TraceParent string

	// Native is what the platform handed to the host, in a form that is the
	// host's own affair: ask fnhttp.RequestFrom or fnlambda.EventFrom for it.
	Native any

	entry       *entry
	caller      *Request        // of a call in the process
	call        *callDetails    // of a call, nil when there are none
	reply       *Reply          // memory for the reply, nil when it is taken
	fields      *replyFields    // memory for the reply's header
	host        context.Context // what the host passed, for the values in it
	replyHeader binding.Header
	outgoing    *outgoingReply // nil for a call in the process
	depth       int32          // how many functions stand above this one
	coldStart   bool
	reported    bool
}

// nowhere stands for the unit and the function of a request that no unit has got yet:
// the Request of a middleware's test.
var nowhere = (&entry{}).set(&Unit{app: &app{}, logger: zerolog.Nop(), running: &sync.WaitGroup{}}, Function{&undeclared})

// in is where the request is.
func (r *Request) in() *entry {
	if r.entry == nil {
		return nowhere
	}
	return r.entry
}

// Function returns the function that is invoked. It is the zero Function, whose
// Name is "", when the request matched none.
func (r *Request) Function() Function { return r.in().function }

// Header returns the request's header field, "" when there is none or the trigger
// has no headers. A field that was sent more than once is one value, joined by
// commas (Cookie by "; "): some front doors send no more than that. So who trusts
// a field must refuse a value with a comma that it did not expect.
func (r *Request) Header(name string) string {
	if r.From.source == nil {
		return ""
	}
	if values := fieldline.One(name, r.From.source.HeaderValues(name)); len(values) > 0 {
		return values[0]
	}
	return ""
}

// ReplyHeader is the header that is added to the reply, whether it succeeds or
// fails. A field here replaces the reply's own fields of that name, except
// for Set-Cookie and Vary, which add up.
func (r *Request) ReplyHeader() *binding.Header { return &r.replyHeader }

// ColdStart reports whether this is the first request that the unit serves.
func (r *Request) ColdStart() bool { return r.coldStart }

// Logger returns the app's logger.
func (r *Request) Logger() *zerolog.Logger { return &r.in().unit.logger }

// MarkReported says that the request's error has been logged, so that the unit
// does not log it once more.
func (r *Request) MarkReported() { r.reported = true }

// Timeout returns the function's timeout, or the app's. ok is false when neither says
// anything of one; with NoTimeout the timeout is 0, true.
func (r *Request) Timeout() (d time.Duration, ok bool) { return timeoutOf(r.in().timeout) }

// BodyLimit returns the largest body in bytes that the function reads.
func (r *Request) BodyLimit() int64 { return r.in().limits.Body }

// Go runs f in a goroutine that belongs to the unit: Stop waits for it.
func (r *Request) Go(f func()) {
	if f != nil {
		r.in().unit.running.Go(f)
	}
}

// clone returns a copy for a goroutine that may outlive the request. The copy
// has a reply header of its own; From and Native are shared and read-only.
// Hand it on with the context that WithRequest returns, and take back what
// was changed in it with adopt.
func (r *Request) clone() *Request {
	c := *r
	c.reply, c.fields = nil, nil
	c.replyHeader = append(binding.Header(nil), r.replyHeader...)
	return &c
}

// adopt takes over what was changed in a clone: its reply header, that it was
// reported. Call it when the goroutine that has the clone is done with it.
func (r *Request) adopt(clone *Request) {
	r.Kind, r.ID, r.Route, r.TraceParent = clone.Kind, clone.ID, clone.Route, clone.TraceParent
	r.Method, r.Path, r.Authority, r.Scheme, r.RemoteAddr = clone.Method, clone.Path, clone.Authority, clone.Scheme, clone.RemoteAddr
	r.Native = clone.Native
	r.reply, r.fields, r.replyHeader, r.reported = clone.reply, clone.fields, clone.replyHeader, clone.reported
	// A goroutine that a callee left behind may read the rest at any time: it is written
	// only when somebody has changed it, as nobody can the fields that are not exported.
	if r.Host != clone.Host {
		r.Host = clone.Host
	}
	if !sameView(r.From.source, clone.From.source) {
		r.From.source = clone.From.source
	}
	r.From.adopt(&clone.From)
}

// AsError returns err as the caller of the request will see it: an *Error in
// its chain as it is, an expired or cancelled ctx by that name, and anything
// else as Internal. Middleware that reports errors sees by it what the host
// will answer. ctx is the one that the middleware was called with.
func AsError(ctx context.Context, err error) *Error {
	if err == nil {
		return nil
	}
	return asError(ctx, err)
}

type requestKey struct{}

// WithRequest returns a context in which RequestFrom finds r.
func WithRequest(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// RequestFrom returns the request that ctx belongs to; outside of one there is
// none. Handlers need it only for what is not in their In: the raw event, the host.
func RequestFrom(ctx context.Context) (*Request, bool) {
	r := requestOf(ctx)
	return r, r != nil
}

// requestOf is RequestFrom for those who ask the request itself whether it is nil.
func requestOf(ctx context.Context) *Request {
	r, _ := ctx.Value(requestKey{}).(*Request)
	return r
}
