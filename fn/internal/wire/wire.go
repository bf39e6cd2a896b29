// Package wire is what a call and its answer look like between two units: one
// JSON object each. It knows nothing of functions and transports.
package wire

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

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
	Version     int      `json:"v"`
	Contract    string   `json:"contract"`              // the fingerprint of In and Out
	Timeout     int64    `json:"timeout_ms,omitzero"`   // how long the caller waits, in milliseconds; 0: no deadline
	TraceParent string   `json:"traceparent,omitempty"` // W3C Trace Context
	Path        []string `json:"path"`                  // the functions that call one another, the caller last
}

// Answer is what came of a call. It has an Out or an Error.
type Answer struct {
	Version  int            `json:"v"`
	Contract string         `json:"contract"` // the fingerprint of the function that answered
	Out      jsontext.Value `json:"out,omitzero"`
	Error    *Error         `json:"error,omitempty"`
}

// Error is an error of the function, with all that a caller may see of it.
type Error struct {
	Code       string              `json:"code"`
	Status     int                 `json:"status,omitzero"`
	Message    string              `json:"message,omitempty"`
	Violations []binding.Violation `json:"violations,omitempty"`
	Details    map[string]any      `json:"details,omitempty"`
	Header     binding.Header      `json:"header,omitempty"`
}

// SetTimeout notes how long the caller waits. What is left is never 0, which
// would mean that there is no deadline.
func (m *Meta) SetTimeout(d time.Duration) { m.Timeout = max(d.Milliseconds(), 1) }

// Append appends the call.
func (c *Call) Append(dst []byte) ([]byte, error) { return appendJSON(dst, c) }

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
	case slices.ContainsFunc(c.texts(), tooOdd):
		return nil, errors.New("read the call: a name, an id or a trace parent is too long or has control characters")
	case c.Meta.Version != Version:
		return nil, fmt.Errorf("read the call: its envelope has version %d, this unit knows %d", c.Meta.Version, Version)
	case c.Meta.Timeout < 0:
		return nil, fmt.Errorf("read the call: timeout_ms is %d", c.Meta.Timeout)
	}
	return c, nil
}

// What is longer is no name, id or fingerprint, and deeper calls no function makes.
const (
	longestText = 512
	mostCallers = 64
)

// texts are what is passed on, logged and answered.
func (c *Call) texts() []string {
	return append([]string{c.Function, c.ID, c.Meta.Contract, c.Meta.TraceParent}, c.Meta.Path...)
}

func tooOdd(text string) bool {
	return len(text) > longestText || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f })
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
