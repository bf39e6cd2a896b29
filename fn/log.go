package fn

import (
	"github.com/rs/zerolog"
)

// LogLevel returns the level at which a log has the reply: that of its status. A nil
// reply is nobody's answer, and an error.
func (r *Reply) LogLevel() zerolog.Level {
	if r == nil {
		return zerolog.ErrorLevel
	}
	return levelOf(r.Status)
}

// levelOf is the level of an answer with the status: error for 500, a mistake in the
// app; warn above that, where something else was late or missing; else info. 0, the
// status of what is no HTTP, is info.
func levelOf(status int) zerolog.Level {
	switch {
	case status == 500:
		return zerolog.ErrorLevel
	case status > 500:
		return zerolog.WarnLevel
	}
	return zerolog.InfoLevel
}

// LogLevel returns the level at which a log has the error, for every kind of request: the
// worse of what its code and its status say. Of the code that is error for opaque
// ones (Internal, DataLoss), warn for DeadlineExceeded and Unavailable, and info for
// the others, among them Unimplemented: whether that is the client's mistake (405)
// or the app's (501), its status says. Of the status it is that of a Reply with the same.
func (e *Error) LogLevel() zerolog.Level {
	e = e.orNone()
	level := levelOf(e.HTTPStatus())
	switch {
	case e.code.opaque():
		return zerolog.ErrorLevel
	case e.code.temporary():
		return max(level, zerolog.WarnLevel)
	}
	return level
}

// LogStack adds the stack of the panic in err's chain to the line, if there is one.
func LogStack(line *zerolog.Event, err error) *zerolog.Event {
	if p, ok := findError[*PanicError](err); ok {
		line = line.Bytes("stack", p.Stack)
	}
	return line
}

// logHidden logs an error that says more than its caller gets to see, when no
// middleware did: an opaque one, any other that is a 500, and a call that nobody answered.
func (u *Unit) logHidden(req *Request, err *Error) {
	if err.LogLevel() == zerolog.ErrorLevel {
		u.logInternal(req, err)
		return
	}
	if _, unanswered := findError[*noAnswer](err); unanswered && err.code != Canceled {
		u.logLine(req).Err(err).Msg("a call got no answer")
	}
}

// logInternal logs an opaque error.
func (u *Unit) logInternal(req *Request, err *Error) {
	LogStack(u.logLine(req).Err(err), err).Msg("internal error")
}

func (u *Unit) logLine(req *Request) *zerolog.Event {
	line := u.logger.Error().Str("function", req.Function().Name()).Str("trigger", string(req.Kind))
	if req.ID != "" {
		line.Str("request_id", req.ID)
	}
	return line
}

// loggedInternal logs what the caller sees as Internal.
func (u *Unit) loggedInternal(req *Request, cause error) *Error {
	e := internalError(cause)
	u.logInternal(req, e)
	return e
}

// logBroken logs at the start which functions cannot be used, of those that are ready by then.
func (u *Unit) logBroken() {
	for _, e := range u.entries {
		if e.broken != nil {
			u.logger.Error().Str("function", e.function.Name()).Err(e.broken).Msg("the function cannot be used")
		}
	}
}
