// Package wire is what a call and its answer look like between two units: one
// JSON object each. It knows nothing of functions and transports.
package wire

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/binding"
)

// Version is the version of the envelope itself.
const Version = 1

// Call is a call on its way to the unit that serves the function. The members
// function, in and id are those of every direct invoke.
type Call struct {
	Function string         `json:"function"`
	ID       string         `json:"id,omitempty"` // the request id of the caller
	Meta     Meta           `json:"call"`
	In       jsontext.Value `json:"in"`
}

// Meta is what makes a direct invoke a call.
type Meta struct {
	Version     int               `json:"v"`
	Contract    string            `json:"contract"`              // the fingerprint of In and Out
	Timeout     int64             `json:"timeout_ms,omitzero"`   // how long the caller waits, in milliseconds; 0: no deadline
	TraceParent string            `json:"traceparent,omitempty"` // W3C Trace Context
	Metadata    map[string]string `json:"metadata,omitempty"`    // what the caller's middleware added; an older unit leaves it out
	Path        []string          `json:"path"`                  // the functions that call one another, the caller last
}

// Answer is what came of a call. It has an Out or an Error.
type Answer struct {
	Version  int            `json:"v"`
	Contract string         `json:"contract"` // the fingerprint of the function that answered
	Out      jsontext.Value `json:"out,omitzero"`
	Error    *Error         `json:"error,omitempty"`
}

// Path is where a server takes calls over HTTP, before the function's name. No route
// can be there (pattern.Reserved).
const Path = "/.anygrain/call/"

// Fault says that an error is none of the function that was called.
type Fault string

// The faults.
const (
	Unserved     Fault = "unserved" // the unit does not serve the function
	OtherVersion Fault = "version"  // caller and callee were built from contracts that do not go together
)

// ErrVersion is that a call has an envelope of another version.
var ErrVersion = errors.New("the envelope is of another version")

// Error is an error of the function, with all that a caller may see of it.
type Error struct {
	Code       string              `json:"code"`
	Status     int                 `json:"status,omitzero"`
	Message    string              `json:"message,omitempty"`
	Violations []binding.Violation `json:"violations,omitempty"`
	Details    map[string]any      `json:"details,omitempty"`
	Header     binding.Header      `json:"header,omitempty"`
	Fault      Fault               `json:"fault,omitempty"`
}

// SetTimeout notes how long the caller waits. What is left is never 0, which
// would mean that there is no deadline.
func (m *Meta) SetTimeout(d time.Duration) { m.Timeout = max(d.Milliseconds(), 1) }

// Append appends the call.
func (c *Call) Append(dst []byte) ([]byte, error) { return appendJSON(dst, c) }

// ID returns the id of a call that Append has written, without reading the rest of it: the
// function's name and the id stand in front. It is "" for an id with an escape in it.
func ID(call []byte) string {
	rest, ok := bytes.CutPrefix(call, []byte(`{"function":"`))
	if !ok {
		return ""
	}
	_, rest, _ = bytes.Cut(rest, []byte(`"`)) // names have none
	rest, ok = bytes.CutPrefix(rest, []byte(`,"id":"`))
	if !ok {
		return ""
	}
	id, _, ok := bytes.Cut(rest, []byte(`"`))
	if !ok || bytes.IndexByte(id, '\\') >= 0 {
		return ""
	}
	return string(id)
}

// ParseCall reads a call. The In refers to data.
func ParseCall(data []byte) (*Call, error) {
	c := &Call{}
	if err := json.Unmarshal(data, c, json.RejectUnknownMembers(false)); err != nil {
		return nil, fmt.Errorf("read the call: %w", err)
	}
	switch {
	case c.Function == "":
		return nil, errors.New("read the call: it names no function")
	case c.In == nil:
		return nil, errors.New("read the call: it has no in")
	case len(c.Meta.Path) > mostCallers:
		return nil, fmt.Errorf("read the call: %d functions stand above it", len(c.Meta.Path))
	case slices.ContainsFunc(c.texts(), Odd):
		return nil, errors.New("read the call: a name or a version is too long or has control characters")
	case c.Meta.Version != Version:
		return nil, fmt.Errorf("read the call: %w: %d, and this unit knows %d", ErrVersion, c.Meta.Version, Version)
	case CheckMetadata(c.Meta.Metadata) != nil:
		return nil, fmt.Errorf("read the call: %w", CheckMetadata(c.Meta.Metadata))
	case c.Meta.Timeout < 0:
		return nil, fmt.Errorf("read the call: timeout_ms is %d", c.Meta.Timeout)
	}
	if Odd(c.ID) { // as a caller does, who keeps it to itself
		c.ID = ""
	}
	if !TraceParent(c.Meta.TraceParent) {
		c.Meta.TraceParent = ""
	}
	return c, nil
}

// What is longer is no name, id or fingerprint, and deeper calls no function makes.
const (
	longestText = 512
	mostCallers = 64
)

// texts are what is logged and answered.
func (c *Call) texts() []string {
	return append([]string{c.Function, c.Meta.Contract}, c.Meta.Path...)
}

// Odd reports whether a text is nothing that a call passes on: too long, not
// UTF-8, or with control characters.
func Odd(text string) bool {
	return len(text) > longestText || !utf8.ValidString(text) ||
		strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// Append appends the answer.
func (a *Answer) Append(dst []byte) ([]byte, error) { return appendJSON(dst, a) }

// ParseAnswer reads an answer. What is neither an Out nor an Error is no answer.
func ParseAnswer(data []byte) (*Answer, error) {
	a := &Answer{}
	if err := json.Unmarshal(data, a, readDetails); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	switch {
	case a.Version != Version:
		return nil, fmt.Errorf("read the answer: its envelope has version %d, this unit knows %d", a.Version, Version)
	case (a.Out == nil) == (a.Error == nil):
		return nil, errors.New("read the answer: it has to have either an out or an error")
	}
	return a, nil
}

func appendJSON(dst []byte, v any) ([]byte, error) {
	data, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return dst, err
	}
	return append(dst, data...), nil
}
