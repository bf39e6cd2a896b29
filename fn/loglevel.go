package fn

import "github.com/rs/zerolog"

// LogLevel returns the level of an answer with the status: error for 500, a mistake
// in the app; warn above that, where something else was late or missing; else info.
// 0, the status of what is no HTTP, is info.
func LogLevel(status int) zerolog.Level {
	switch {
	case status == 500:
		return zerolog.ErrorLevel
	case status > 500:
		return zerolog.WarnLevel
	}
	return zerolog.InfoLevel
}

// LogLevel returns the level at which a log has the error, for every trigger: the
// worse of what its code and its status say. Of the code that is error for opaque
// ones (Internal, DataLoss), warn for DeadlineExceeded and Unavailable, and info for
// the others, among them Unimplemented: whether that is the client's mistake (405)
// or the app's (501), its status says. Of the status it is what the function LogLevel says.
func (e *Error) LogLevel() zerolog.Level {
	level := LogLevel(e.HTTPStatus())
	switch {
	case e.code.opaque():
		return zerolog.ErrorLevel
	case e.code.late():
		return max(level, zerolog.WarnLevel)
	}
	return level
}
