package middleware

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/fieldline"
)

// CORSOptions say which pages of other origins may use the app from a browser,
// and for what (Fetch standard, "CORS protocol"). They are no protection of
// the app: programs that are not browsers do not ask.
type CORSOptions struct {
	// AllowedOrigins lists origins as browsers send them ("https://example.com",
	// "http://localhost:3000"), all subdomains of one
	// ("https://*.example.com", at any depth, not example.com itself), or "*"
	// alone for every origin.
	AllowedOrigins []string
	// AllowOriginFunc is asked about origins that AllowedOrigins does not have.
	AllowOriginFunc func(ctx context.Context, origin string) bool
	// AllowedMethods, upper case. Empty means GET, HEAD, POST, PUT, PATCH and
	// DELETE; "*" alone whatever the browser asks for.
	AllowedMethods []string
	// AllowedHeaders are the request header fields that pages may set, beside
	// those that they always may. Empty means Content-Type, which JSON needs;
	// "*" alone whatever the browser asks for.
	AllowedHeaders []string
	// ExposedHeaders are the reply's header fields that pages may read beside
	// those that they always may: X-Request-Id, say.
	ExposedHeaders []string
	// AllowCredentials lets pages send cookies and HTTP authentication. It
	// cannot be combined with the origin "*".
	AllowCredentials bool
	// MaxAge is how long browsers keep the answer to a preflight, in whole seconds. Zero leaves
	// it to them (5 seconds); a negative value forbids it. Browsers cap it:
	// Chromium at 2 hours, Firefox at 24.
	MaxAge time.Duration
}

// NewCORS returns middleware that answers preflight requests with 204 and adds
// the CORS header to all other replies, errors included. Requests of origins
// that are not allowed are served without that header: it is the browser that
// keeps the reply from the page.
//
// Use it on the app, not on a function: a preflight matches no route, and only
// an app's middleware sees such requests. Put it outside of Timeout, or the
// 504 of a late function has no CORS header:
//
//	fn.NewApp[Config]("shop", fn.Use(cors), fn.Use(middleware.Default()...))
//
// The error lists everything that is wrong with the options.
func NewCORS(o CORSOptions) (fn.Middleware, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	c := compileCORS(o)
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if req.Kind != fn.KindHTTP {
				return next(ctx, req)
			}
			if isPreflight(req) {
				c.preflight(ctx, req)
				return &fn.Reply{Status: 204}, nil
			}
			c.actual(ctx, req)
			return next(ctx, req)
		}
	}, nil
}

// CORS is NewCORS for options that are written down in the program. It panics
// when they are wrong, with everything that is.
func CORS(o CORSOptions) fn.Middleware {
	m, err := NewCORS(o)
	if err != nil {
		panic(err)
	}
	return m
}

// cors is the options, put together once.
type cors struct {
	origins     origins
	methods     string // "" reflects the request's
	headers     string // "" reflects the request's
	exposed     string
	credentials bool
	maxAge      string
}

func compileCORS(o CORSOptions) *cors {
	return &cors{
		origins:     compileOrigins(o),
		methods:     join(o.AllowedMethods, "GET, HEAD, POST, PUT, PATCH, DELETE"),
		headers:     join(o.AllowedHeaders, "Content-Type"),
		exposed:     strings.Join(o.ExposedHeaders, ", "),
		credentials: o.AllowCredentials,
		maxAge:      maxAge(o.MaxAge),
	}
}

func join(list []string, standard string) string {
	switch {
	case len(list) == 0:
		return standard
	case list[0] == "*":
		return ""
	}
	return strings.Join(list, ", ")
}

func maxAge(d time.Duration) string {
	switch {
	case d == 0:
		return ""
	case d < 0:
		return "0"
	}
	return strconv.FormatInt(int64(d/time.Second), 10)
}

// isPreflight tells a preflight from an OPTIONS request that is meant for the
// app (Fetch standard, "CORS-preflight request").
func isPreflight(req *fn.Request) bool {
	return req.Method == "OPTIONS" && req.Header("Origin") != "" && req.Header("Access-Control-Request-Method") != ""
}

// preflight answers what the browser may send. It lists everything that is
// allowed; the browser compares.
func (c *cors) preflight(ctx context.Context, req *fn.Request) {
	header := req.ReplyHeader()
	header.Add("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
	if !c.allow(ctx, req) {
		return
	}
	if methods := c.methods; methods != "" {
		header.Set("Access-Control-Allow-Methods", methods)
	} else if method := req.Header("Access-Control-Request-Method"); fieldline.IsToken(method) {
		header.Set("Access-Control-Allow-Methods", method)
	}
	if headers := c.requestHeaders(req); headers != "" {
		header.Set("Access-Control-Allow-Headers", headers)
	}
	if c.maxAge != "" {
		header.Set("Access-Control-Max-Age", c.maxAge)
	}
}

// actual adds what lets the page read the reply.
func (c *cors) actual(ctx context.Context, req *fn.Request) {
	if !c.origins.all {
		req.ReplyHeader().Add("Vary", "Origin")
	}
	if c.allow(ctx, req) && c.exposed != "" {
		req.ReplyHeader().Set("Access-Control-Expose-Headers", c.exposed)
	}
}

// allow sets the header fields that both kinds of replies have, if the origin
// is allowed. When all are, the reply must not depend on whether there was an
// Origin at all, since caches do not look at it then (Fetch standard, "CORS
// protocol and HTTP caches").
func (c *cors) allow(ctx context.Context, req *fn.Request) bool {
	header := req.ReplyHeader()
	if c.origins.all {
		header.Set("Access-Control-Allow-Origin", "*")
		return true
	}
	origin := req.Header("Origin")
	if origin == "" || !c.origins.allow(ctx, origin) {
		return false
	}
	header.Set("Access-Control-Allow-Origin", origin)
	if c.credentials {
		header.Set("Access-Control-Allow-Credentials", "true")
	}
	return true
}

// requestHeaders is the list of allowed request headers. A literal "*" would
// not cover Authorization, and nothing at all with credentials, so the
// request's own list is sent back, if it is one.
func (c *cors) requestHeaders(req *fn.Request) string {
	if c.headers != "" {
		return c.headers
	}
	asked := req.Header("Access-Control-Request-Headers")
	if len(asked) > maxAsked || !isTokenList(asked) {
		return ""
	}
	return asked
}

// maxAsked bounds a header list, in bytes, that is sent back.
const maxAsked = 4096

// isTokenList reports whether s is a comma-separated list of tokens (RFC 9110 section 5.6.1).
func isTokenList(s string) bool {
	for name := range strings.SplitSeq(s, ",") {
		if !fieldline.IsToken(strings.Trim(name, " \t")) {
			return false
		}
	}
	return true
}
