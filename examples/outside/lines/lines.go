// Package lines is a host: it serves an app to lines of JSON, such as of a pipe. A line is a message of
// a topic, {"topic":"orders","message":{…}}, or names a function, {"function":"shop.stock","in":{…}}. Each is
// answered by a line, {"out":…} or {"error":{"code":"not_found","message":"…"}}.
package lines

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"example.com/outside/topic"
	"github.com/anygrain/anygrain/fn"
)

// maxLine is the length of a line, in bytes.
const maxLine = 1 << 20

// kind is the kind of a request that names its function.
const kind = "line"

type line struct {
	Topic    string          `json:"topic"`
	Message  json.RawMessage `json:"message"`
	Function string          `json:"function"`
	In       json.RawMessage `json:"in"`
}

type answer struct {
	Out   json.RawMessage `json:"out,omitempty"`
	Error *failure        `json:"error,omitempty"`
}

type failure struct {
	Code       string         `json:"code"`
	Message    string         `json:"message,omitempty"`
	Violations []fn.Violation `json:"violations,omitempty"`
}

// Serve starts the app, answers the lines of in until it ends, and stops the app.
func Serve(ctx context.Context, app fn.Starter, in io.Reader, out io.Writer, options ...fn.StartOption) (err error) {
	unit, err := app.Start(ctx, options...)
	if err != nil {
		return err
	}
	defer func() {
		if stop := unit.Stop(context.WithoutCancel(ctx)); err == nil {
			err = stop
		}
	}()
	s, err := newServer(unit)
	if err != nil {
		return err
	}
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, maxLine)
	for scanner.Scan() {
		if err := json.NewEncoder(out).Encode(s.answer(ctx, scanner.Bytes())); err != nil {
			return err
		}
	}
	return scanner.Err()
}

type server struct {
	host   *fn.Host
	topics map[string]string // the function by the name of the topic
}

// newServer finds who takes the messages of which topic.
func newServer(unit *fn.Unit) (*server, error) {
	s := &server{host: unit.Host("lines"), topics: map[string]string{}}
	for _, f := range unit.Functions() {
		for _, t := range f.Triggers() {
			named, ok := t.(interface{ Topic() string })
			if !ok || t.Kind() != topic.Kind {
				return nil, fmt.Errorf("lines: the function %s (%s) is started by %q, which no line can be", f.Name(), f.Place(), t)
			}
			if other, taken := s.topics[named.Topic()]; taken {
				return nil, fmt.Errorf("lines: the topic %q is that of %s and of %s; a message goes to one function", named.Topic(), other, f.Name())
			}
			s.topics[named.Topic()] = f.Name()
		}
	}
	return s, nil
}

// answer runs the function that the line is for.
func (s *server) answer(ctx context.Context, text []byte) answer {
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		return failed(fn.Errorf(fn.InvalidArgument, "the line is no JSON object of a topic or a function"))
	}
	name, req := l.Function, &fn.Request{Kind: kind, From: fn.InputFromJSON(l.In)}
	if l.Topic != "" {
		req = &fn.Request{Kind: topic.Kind, From: fn.InputFromJSON(l.Message)}
		name = s.topics[l.Topic]
	}
	if name == "" {
		return failed(fn.Errorf(fn.NotFound, "the line is of no topic that a function takes, and names no function"))
	}
	reply, err := s.host.Invoke(ctx, name, req)
	if err != nil {
		return failed(fn.AsError(ctx, err))
	}
	return answer{Out: reply.Body}
}

// failed tells the sender what it may know.
func failed(e *fn.Error) answer {
	e = e.ForClient()
	return answer{Error: &failure{e.Code().String(), e.Message(), e.Violations()}}
}
