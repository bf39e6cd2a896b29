package middleware

import "github.com/anygrain/anygrain/fn"

// Default returns the middleware that most apps want, the outermost first:
//
//  1. RequestID, so that everything inside, the log line included, has the id.
//  2. AccessLog, so that it sees the final answer: also that of a panic or a timeout.
//  3. Recover, so that a panic of any middleware further in is an answer with a log line.
//  4. Timeout, innermost, so that the time is the function's own and the
//     answer to a late function still passes through the others.
//
// Middleware of yours that is passed to fn.Use after Default runs inside the
// timeout, before Default outside of everything. Each call returns a new slice.
func Default() []fn.Middleware {
	return []fn.Middleware{RequestID(), AccessLog(), Recover(), Timeout()}
}
