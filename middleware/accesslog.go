package middleware

import (
	"context"
	"errors"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// AccessLogOption is an option of AccessLog.
type AccessLogOption func(*logSettings)

type logSettings struct{ quiet func(*fn.Request) bool }

// Quiet leaves out the line of requests for which quiet returns true and which
// succeed: health checks, say. Failures are logged all the same. The default
// leaves out nothing.
func Quiet(quiet func(req *fn.Request) bool) AccessLogOption {
	return func(s *logSettings) { s.quiet = quiet }
}

// AccessLog writes one line to the app's logger when a request has ended, and
// puts a logger with the fields function and request_id into the context, for
// zerolog.Ctx and Slog. The fields of the line:
//
//	function      "orders.get", "" when the request matched none
//	request_id    with RequestID outside of AccessLog
//	trigger       http, direct, call or event
//	host          http, lambda, test
//	method        of HTTP requests
//	route         the pattern that matched: "GET /orders/{id}"
//	path          only when none matched: percent-encoded, without the query, at most 200 bytes
//	status        of HTTP requests
//	code          of errors: "not_found"
//	bytes         length of the body; left out for streams
//	duration_ms   milliseconds with fractions, until the reply began
//	cold_start    true for the first request of the process, else left out
//	canceled      true when the caller went away, else left out
//	error         the error with its cause, also of what the caller may not see
//	violations    how many there were
//	violated      of the first ten the location and the rule: "query.limit min"
//	stack         of panics
//
// The path of a matched request, the query, header values, bodies and the
// client's address are not logged: they carry personal data. The level is the worse
// of what code and status say, see [fn.Error.LogLevel]: error for opaque errors and
// for a 500, warn for other failures of the server, else info. Lines are JSON, so
// that nothing that a client sends can forge one.
func AccessLog(options ...AccessLogOption) fn.Middleware {
	s := configure(logSettings{}, options)
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			l := &access{loggerContext: newLoggerContext(ctx, req), start: time.Now(), req: req, quiet: s.quiet}
			defer l.write(ctx)
			l.reply, l.err = next(&l.loggerContext, req)
			l.returned = true
			return l.reply, l.err
		}
	}
}

// access is one request as its line shows it.
type access struct {
	loggerContext
	start    time.Time
	req      *fn.Request
	quiet    func(*fn.Request) bool
	reply    *fn.Reply
	err      error
	returned bool // false while a panic or runtime.Goexit passes through
}

// write writes the line. It is deferred, so that there is one in any case.
func (l *access) write(ctx context.Context) {
	failure := fn.AsError(ctx, l.err)
	level := l.level(failure)
	if l.quiet != nil && level == zerolog.InfoLevel && failure == nil && l.quiet(l.req) {
		return
	}
	line := l.app.WithLevel(level)
	l.addRequest(line)
	switch {
	case !l.returned: // without MarkReported: the unit has the panic and its stack
		line.Str("error", "ended by a panic or runtime.Goexit")
	case failure != nil:
		l.addFailure(line, failure)
		l.req.MarkReported()
	case l.reply != nil:
		l.addReply(line)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		line.Bool("canceled", true)
	}
	line.Msg("request")
}

func (l *access) level(failure *fn.Error) zerolog.Level {
	switch {
	case !l.returned:
		return zerolog.ErrorLevel
	case failure != nil:
		return failure.LogLevel()
	}
	return l.reply.LogLevel()
}

func (l *access) addRequest(line *zerolog.Event) {
	line.Str("function", l.function)
	if l.id != "" {
		line.Str("request_id", l.id)
	}
	line.Str("trigger", string(l.req.Kind))
	if l.req.Host != "" {
		line.Str("host", l.req.Host)
	}
	if l.req.Kind == fn.KindHTTP {
		line.Str("method", clip(l.req.Method))
	}
	switch {
	case l.req.Route != "":
		line.Str("route", l.req.Route)
	case l.req.Path != "":
		line.Str("path", clip(l.req.Path))
	}
	if l.req.ColdStart() {
		line.Bool("cold_start", true)
	}
	line.Float64("duration_ms", float64(time.Since(l.start).Microseconds())/1000)
}

func (l *access) addReply(line *zerolog.Event) {
	if l.reply.Status != 0 {
		line.Int("status", l.reply.Status)
	}
	if l.reply.Stream == nil && l.reply.Body != nil {
		line.Int("bytes", len(l.reply.Body))
	}
}

func (l *access) addFailure(line *zerolog.Event, failure *fn.Error) {
	if l.req.Kind == fn.KindHTTP {
		line.Int("status", failure.HTTPStatus())
	}
	line.Str("code", failure.Code().String()).Str("error", failure.Error())
	if violations := failure.Violations(); len(violations) > 0 {
		line.Int("violations", len(violations)).Strs("violated", violated(violations))
	}
	fn.LogStack(line, failure)
}

// maxViolated bounds how many violations a line names.
const maxViolated = 10

// violated names the violations. Their messages are for the client; the client's
// values are in neither.
func violated(violations []fn.Violation) []string {
	names := make([]string, 0, min(len(violations), maxViolated))
	for _, v := range violations[:cap(names)] {
		names = append(names, clip(v.Location)+" "+clip(v.Rule))
	}
	return names
}

// maxClient bounds, in bytes, what a line takes over from a client.
const maxClient = 200

func clip(s string) string { return s[:min(len(s), maxClient)] }
