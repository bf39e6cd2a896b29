// Package runtimeapi stands in for the Lambda Runtime API: the HTTP interface
// through which a runtime client takes events and returns responses. With it a
// Lambda binary runs on any machine, over the same wire as on AWS.
//
// Source: "Using the Lambda runtime API for custom runtimes",
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html, version 2018-06-01.
package runtimeapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Prefix is the path that all of the API's resources begin with.
const Prefix = "/2018-06-01/runtime/"

// maxResponse is the largest response that Lambda takes for a synchronous
// invoke, in bytes (AWS Lambda quotas: 6 MB).
const maxResponse = 6*1024*1024 + 100

// Invocation is one event for the function.
type Invocation struct {
	Payload       []byte
	RequestID     string    // "" for one that the server makes
	Deadline      time.Time // zero: 30 seconds from now
	FunctionARN   string
	TraceID       string
	ClientContext string          // JSON
	Unwanted      <-chan struct{} // closed when nobody waits any more; nil: somebody always does
}

// Result is what the function answered.
type Result struct {
	Payload   []byte
	ErrorType string // the X-Amz-Function-Error kind: "" when the function succeeded
}

// InitError is what a runtime reported instead of asking for its first event.
type InitError struct{ Payload []byte }

// Error returns the report.
func (e *InitError) Error() string { return "the runtime failed to initialise: " + string(e.Payload) }

// Server is the API for one function. It is an http.Handler; the function's
// AWS_LAMBDA_RUNTIME_API names the address that it is served on. Any number of
// processes and goroutines may ask it for events.
type Server struct {
	queue chan *pending

	mu      sync.Mutex
	serial  int
	waiting map[string]*pending

	ready     chan struct{} // closed when the runtime first asks for an event
	readyOnce sync.Once
	failed    chan struct{} // closed when the runtime reports an init error
	initErr   *InitError
}

type pending struct {
	Invocation
	done chan Result
}

// New returns a server without events.
func New() *Server {
	return &Server{
		queue: make(chan *pending), waiting: map[string]*pending{},
		ready: make(chan struct{}), failed: make(chan struct{}),
	}
}

// Ready waits until the runtime asks for its first event. The error is an
// *InitError when it gave up instead, or ctx's.
func (s *Server) Ready(ctx context.Context) error {
	select {
	case <-s.ready:
		return nil
	case <-s.failed:
		return s.initErr
	case <-ctx.Done():
	}
	select { // what has happened before ctx ended counts
	case <-s.ready:
		return nil
	case <-s.failed:
		return s.initErr
	default:
		return ctx.Err()
	}
}

// ErrNotTaken is why an event was not answered that no runtime has seen: another
// one can have it.
var ErrNotTaken = errors.New("no runtime asked for the event")

// Invoke hands the event to the function and waits for what it answers. The
// error is ctx's, with ErrNotTaken when no runtime asked for the event by then, or
// ErrNotTaken alone when none did until it was unwanted, or an *InitError. An event
// that was taken is finished, wanted or not.
func (s *Server) Invoke(ctx context.Context, invocation Invocation) (Result, error) {
	p := s.enter(invocation)
	defer s.leave(p.RequestID)
	select {
	case s.queue <- p:
	case <-s.failed:
		return Result{}, s.initErr
	case <-invocation.Unwanted:
		return Result{}, ErrNotTaken
	case <-ctx.Done():
		return Result{}, fmt.Errorf("%w: %w", ErrNotTaken, ctx.Err())
	}
	select {
	case result := <-p.done:
		return result, nil
	case <-ctx.Done():
		return Result{}, fmt.Errorf("the function did not answer: %w", ctx.Err())
	}
}

func (s *Server) enter(invocation Invocation) *pending {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	if invocation.RequestID == "" {
		invocation.RequestID = fmt.Sprintf("00000000-0000-4000-8000-%012d", s.serial)
	}
	if invocation.Deadline.IsZero() {
		invocation.Deadline = time.Now().Add(30 * time.Second)
	}
	p := &pending{Invocation: invocation, done: make(chan Result, 1)}
	s.waiting[invocation.RequestID] = p
	return p
}

func (s *Server) leave(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.waiting, id)
}

// ServeHTTP serves the runtime's side of the API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, ok := strings.CutPrefix(r.URL.Path, Prefix)
	switch {
	case strings.HasPrefix(r.URL.Path, extensionPrefix):
		extension(w, r)
	case !ok:
		http.NotFound(w, r)
	case path == "invocation/next" && r.Method == http.MethodGet:
		s.next(w, r)
	case path == "init/error" && r.Method == http.MethodPost:
		s.initError(w, r)
	case r.Method == http.MethodPost:
		s.answer(w, r, path)
	default:
		http.NotFound(w, r)
	}
}

// next waits for an event and hands it out.
func (s *Server) next(w http.ResponseWriter, r *http.Request) {
	s.readyOnce.Do(func() { close(s.ready) })
	select {
	case p := <-s.queue:
		h := w.Header()
		h.Set("Lambda-Runtime-Aws-Request-Id", p.RequestID)
		h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(p.Deadline.UnixMilli(), 10))
		h.Set("Lambda-Runtime-Invoked-Function-Arn", p.FunctionARN)
		setNonEmpty(h, "Lambda-Runtime-Trace-Id", p.TraceID)
		setNonEmpty(h, "Lambda-Runtime-Client-Context", p.ClientContext)
		h.Set("Content-Type", "application/json")
		_, _ = w.Write(p.Payload)
	case <-r.Context().Done():
	}
}

func setNonEmpty(h http.Header, name, value string) {
	if value != "" {
		h.Set(name, value)
	}
}

// answer takes invocation/ID/response and invocation/ID/error.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, path string) {
	parts := strings.Split(path, "/")
	if len(parts) != 3 || parts[0] != "invocation" || (parts[2] != "response" && parts[2] != "error") {
		http.NotFound(w, r)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxResponse+1))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	result := Result{Payload: body}
	status := http.StatusAccepted
	switch {
	case parts[2] == "error":
		result.ErrorType = "Unhandled"
	case len(body) > maxResponse:
		result = Result{ErrorType: "Function.ResponseSizeTooLarge"}
		status = http.StatusRequestEntityTooLarge
	}
	if err := s.finish(parts[1], result); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(status)
}

var errUnknownRequest = errors.New("InvalidRequestID: no event with that id is waiting for an answer")

func (s *Server) finish(id string, result Result) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.waiting[id]
	if !ok {
		return errUnknownRequest
	}
	delete(s.waiting, id)
	p.done <- result
	return nil
}

func (s *Server) initError(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, maxResponse))
	select {
	case <-s.ready: // the init is over
		w.WriteHeader(http.StatusForbidden)
		return
	default:
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.initErr == nil {
		s.initErr = &InitError{Payload: body}
		close(s.failed)
	}
	w.WriteHeader(http.StatusAccepted)
}
