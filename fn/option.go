package fn

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/binding"
)

// AppOption is an option of NewApp.
type AppOption interface{ applyApp(*settings) }

// FunctionOption is an option of New, Raw and Define.
type FunctionOption interface{ applyFunction(*declaration) }

// Option works on an app, on a group (App.Group, Apply), for all their functions, and on one
// function. The function's own wins over the group's, the group's over the app's.
type Option interface {
	AppOption
	FunctionOption
}

// RouteOption is an option of Route.
type RouteOption interface{ applyRoute(*HTTPRoute) }

// shared are the settings that an app and a function both have.
type shared struct {
	middleware   []Middleware
	timeout      time.Duration
	noTimeout    bool
	bodyLimit    int64
	allowUnknown bool
	looseNames   bool
	anyMediaType bool
	needs        []Need   // one for each resource
	annotations  []any    // of one type the last one counts
	misuse       []string // what is wrong with the options themselves
}

// settings are what the options of an app say.
type settings struct {
	shared
	mapErrors    []func(context.Context, error) error
	renderErrors []ErrorRenderer
	aroundCalls  []func(Caller) Caller
	logger       *zerolog.Logger
	rules        []binding.Rule
	validator    binding.Validator
	basePath     string
}

// limit is the timeout that was said, less than 0 for none at all.
func (s *shared) limit() time.Duration {
	if s.noTimeout {
		return -1
	}
	return s.timeout
}

// timeoutOf says a limit as others read it.
func timeoutOf(limit time.Duration) (d time.Duration, ok bool) { return max(limit, 0), limit != 0 }

type option func(*shared)

func (o option) applyApp(s *settings) { o(&s.shared) }

func (o option) applyFunction(d *declaration) { o(&d.shared) }

type appOption func(*settings)

func (o appOption) applyApp(s *settings) { o(s) }

type functionOption func(*declaration)

func (o functionOption) applyFunction(d *declaration) { o(d) }

type routeOption func(*HTTPRoute)

func (o routeOption) applyRoute(r *HTTPRoute) { o(r) }

// Use adds middleware. The first is the outermost; an app's runs outside a
// group's, and a group's outside a function's. The default is none; middleware.Default is what most apps want.
func Use(middleware ...Middleware) Option {
	return option(func(s *shared) {
		if slices.ContainsFunc(middleware, func(m Middleware) bool { return m == nil }) {
			s.misuse = append(s.misuse, "Use: a middleware is nil; pass a func(fn.Invoker) fn.Invoker")
			return
		}
		s.middleware = append(s.middleware, middleware...)
	})
}

// Timeout is how long a function may take until it answers, or until its response
// begins: a handler of fnhttp.Handle that flushes, a reply with a Stream. Its context
// ends then, and the caller gets a DeadlineExceeded error (504), on every host and for
// calls. It holds by itself; middleware.Timeout adds a default and where in the chain it
// stands. Zero, the default, leaves it to the app and to the middleware.
func Timeout(d time.Duration) Option {
	return option(func(s *shared) { s.timeout, s.noTimeout = d, false })
}

// NoTimeout lets a function take as long as it likes, whatever Timeout says on the
// app and middleware.DefaultTimeout says: for uploads, downloads, long polls. The
// platform's own deadline stays. Of Timeout and NoTimeout the last one counts.
func NoTimeout() Option {
	return option(func(s *shared) { s.timeout, s.noTimeout = 0, true })
}

// BodyLimit is the largest request body in bytes that a function reads; a
// larger one is answered 413. Zero or less means the default, 1 MiB
// (binding.DefaultBodyLimit). On Lambda the platform's own limit of 6 MB comes first.
func BodyLimit(bytes int64) Option {
	return option(func(s *shared) { s.bodyLimit = bytes })
}

// AllowUnknown lets JSON members and form fields pass that the In does not
// declare. By default they are refused, so that a typo is an error and not a
// value that is silently lost.
func AllowUnknown() Option {
	return option(func(s *shared) { s.allowUnknown = true })
}

// AllowLooseJSON reads JSON as an existing API may have read it, that of Go's encoding/json
// version 1 among them: unknown members pass (AllowUnknown, forms included), names are
// matched without regard to case where none is the same, nor to hyphens and underscores, and of
// a member that is given twice the last counts. By default all of it is refused with
// 400. What is no JSON, text that is not UTF-8 and what follows the value are refused in any
// case. The media type is another matter: see AllowAnyMediaType.
func AllowLooseJSON() Option {
	return option(func(s *shared) { s.allowUnknown, s.looseNames = true, true })
}

// AllowAnyMediaType takes a JSON body whatever its Content-Type says: for an existing
// API whose clients send application/x-www-form-urlencoded, which is what curl -d
// says of itself, or text/plain. It has to be JSON all the same. By default only
// application/json and types that end in +json are taken, or a body that says nothing;
// all else is answered 415. Forms, raw bodies and Content-Encoding are not concerned.
//
// It opens a door. A browser sends these two types to other sites without asking
// first, with the user's cookies, so that any page can call a function that trusts a
// cookie (cross-site request forgery). With this option let a function trust a
// header, such as Authorization, or check Origin or Sec-Fetch-Site in middleware.
func AllowAnyMediaType() Option {
	return option(func(s *shared) { s.anyMediaType = true })
}

// Doc is the function's documentation: a first sentence that stands alone,
// then more if needed.
func Doc(text string) FunctionOption {
	return functionOption(func(d *declaration) { d.doc = text })
}

// Misdeclared adds a problem to the declaration, which the app's Start reports
// with all others: for packages that make functions out of other handlers.
func Misdeclared(problem string) FunctionOption {
	return functionOption(func(d *declaration) { d.problem("", "%s", problem) })
}

// MapErrors translates the errors of handlers, such as sql.ErrNoRows, to an
// *Error with a code. It is asked for every error that is not an *Error yet;
// what it returns is used when it is not nil. With several the first answer counts.
func MapErrors(translate func(ctx context.Context, err error) error) AppOption {
	return appOption(func(s *settings) {
		if translate == nil {
			s.misuse = append(s.misuse, "MapErrors: the function is nil; pass a func(context.Context, error) error")
			return
		}
		s.mapErrors = append(s.mapErrors, translate)
	})
}

// Logger is the app's logger. The default writes JSON lines to standard error.
func Logger(logger zerolog.Logger) AppOption {
	return appOption(func(s *settings) { s.logger = &logger })
}

// Rule adds a validation rule under a name that validate tags can use, those of
// the app's config too. It belongs to this app alone. It is not asked about nil.
// The message says what is expected, in the tone of "must be a known SKU". A
// rule that panics at a request makes the answer Internal.
func Rule(name string, valid binding.RuleFunc, message string) AppOption {
	return appOption(func(s *settings) {
		s.rules = append(s.rules, binding.Rule{Name: name, Valid: valid, Message: message})
	})
}

// ValidateWith replaces go-playground/validator by another validator. Rules
// are not added to it.
func ValidateWith(v binding.Validator) AppOption {
	return appOption(func(s *settings) { s.validator = v })
}

// BasePath is the path under which a custom domain of API Gateway, a load balancer
// or a proxy mounts the app: "/v1". Behind such a front door the Lambda host takes
// it off a request's path when it is there; a route of the app that has it itself
// is found all the same. The default is none. A REST API's base path is found
// without it. A server behind a proxy gets its paths without one: the proxy, or
// http.StripPrefix, takes it off.
func BasePath(path string) AppOption {
	return appOption(func(s *settings) { s.basePath = cleanBasePath(path) })
}

// cleanBasePath is the path with a slash in front and none at its end, "" for none.
func cleanBasePath(path string) string {
	if path = strings.Trim(path, "/"); path == "" {
		return ""
	}
	return "/" + path
}
