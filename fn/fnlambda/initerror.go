package fnlambda

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/fn"
)

// reportTime bounds the report: the process has nothing else to do, and
// Lambda's init phase is 10 seconds.
const reportTime = 2 * time.Second

// maxReport is the longest text that is reported, in bytes. Lambda's limit is not
// documented; a report that it refused would say nothing at all.
const maxReport = 32 << 10

// reportInit tells Lambda that the init failed, and why. aws-lambda-go has no
// call for it. Source: "Initialization error" in "Using the Lambda runtime API
// for custom runtimes", version 2018-06-01.
func reportInit(ctx context.Context, api string, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reportTime)
	defer cancel()
	kind := initErrorType(cause)
	body, err := initReport(cause, kind)
	if err != nil {
		return fmt.Errorf("report the failed init: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+api+"/2018-06-01/runtime/init/error", bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("report the failed init: %w", err)
	}
	req.Header.Set("Content-Type", "application/vnd.aws.lambda.error+json")
	req.Header.Set("Lambda-Runtime-Function-Error-Type", kind)
	client := &http.Client{Transport: &http.Transport{}} // without a proxy: the API is on this machine
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("report the failed init: %w", err)
	}
	return resp.Body.Close()
}

// initReport is the report as JSON, whatever bytes the error's text has.
func initReport(cause error, kind string) ([]byte, error) {
	stack := []string{}
	if p, ok := errors.AsType[*initPanic](cause); ok {
		stack = p.stack
	}
	return json.Marshal(struct {
		Message string   `json:"errorMessage"`
		Type    string   `json:"errorType"`
		Stack   []string `json:"stackTrace"`
	}{shortened(cause.Error()), kind, stack}, jsontext.AllowInvalidUTF8(true))
}

// shortened cuts a text that is too long to be reported; the log has all of it.
func shortened(text string) string {
	if len(text) <= maxReport {
		return text
	}
	return fmt.Sprintf("%s… (%d bytes more in the log)", strings.ToValidUTF8(text[:maxReport], ""), len(text)-maxReport)
}

// initErrorType names the phase that failed, in Lambda's form category.reason.
func initErrorType(err error) string {
	if _, ok := errors.AsType[*initPanic](err); ok {
		return "Init.Panic"
	}
	if _, ok := errors.AsType[*fn.SelectError](err); ok {
		return "Init.Select"
	}
	if _, ok := errors.AsType[*fn.DeclarationError](err); ok {
		return "Init.Declaration"
	}
	if _, ok := errors.AsType[*unitError](err); ok {
		return "Init.Unit"
	}
	return "Init.Start"
}

// unitError is functions that cannot be in one unit. Each may be declared as it should be.
type unitError struct{ problems []string }

// Error lists the problems, one a line.
func (e *unitError) Error() string {
	if len(e.problems) == 1 {
		return "fnlambda: " + e.problems[0]
	}
	return fmt.Sprintf("fnlambda: %d problems in this unit:\n  %s", len(e.problems), strings.Join(e.problems, "\n  "))
}

// initPanic is a panic in the init phase: of a constructor, a hook, an option.
type initPanic struct {
	text  string
	place string // file:line where it began
	stack []string
}

// Error says what was thrown, and where.
func (e *initPanic) Error() string { return "panic at " + e.place + ": " + e.text }

// newReported is New, with a panic as an error: the process would end with its
// stack on standard error, and Lambda would say no more than that it ended. An
// error whose own text panics is one as well.
func newReported(ctx context.Context, app fn.Starter, options []Option) (h *Handler, err error) {
	defer func() {
		if v := recover(); v != nil {
			h, err = nil, panicked(v)
		}
	}()
	h, err = New(ctx, app, options...)
	if err != nil {
		_ = err.Error()
	}
	return h, err
}

// panicked makes an error of a panic's value. It is called by the deferred
// function that recovers, above which the stack is still there.
func panicked(value any) *initPanic {
	e := &initPanic{text: fmt.Sprint(value), place: "an unknown place", stack: []string{}}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for began := false; ; {
		frame, more := frames.Next()
		switch own := strings.HasPrefix(frame.Function, "runtime."); {
		case frame.Function == "runtime.gopanic":
			began = true
		case began && !own:
			e.stack = append(e.stack, fmt.Sprintf("%s (%s:%d)", frame.Function, frame.File, frame.Line))
		}
		if !more {
			break
		}
	}
	if len(e.stack) > 0 {
		_, place, _ := strings.Cut(strings.TrimSuffix(e.stack[0], ")"), " (")
		e.place = place
	}
	return e
}
