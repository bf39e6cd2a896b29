package lines_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"testing"

	"example.com/outside/lines"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/hosttest"
)

func TestHost(t *testing.T) { hosttest.Run(t, start) }

// start serves the app to a pipe. Whoever goes away ends the whole.
func start(t *testing.T, app fn.Starter) hosttest.Host {
	serving, end := context.WithCancel(context.Background())
	in, send := io.Pipe()
	receive, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := lines.Serve(serving, app, in, out)
		_, _ = in.Close(), out.Close() // nobody is to wait for it
		done <- err
	}()
	t.Cleanup(func() {
		defer end()
		_ = send.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	answers := json.NewDecoder(receive)
	return hosttest.Host{Invoke: func(ctx context.Context, function string, in []byte) ([]byte, error) {
		defer context.AfterFunc(ctx, end)()
		if _, err := fmt.Fprintf(send, "{\"function\":%q,\"in\":%s}\n", function, in); err != nil {
			return nil, err
		}
		return read(answers)
	}}
}

// read is the other side of the host: an answer as a client has it.
func read(answers *json.Decoder) ([]byte, error) {
	var answer struct {
		Out   json.RawMessage
		Error *struct {
			Code, Message string
			Violations    []fn.Violation
		}
	}
	if err := answers.Decode(&answer); err != nil {
		return nil, err
	}
	if e := answer.Error; e != nil {
		code, _ := fn.ParseCode(e.Code)
		return nil, fn.Errorf(code, "%s", e.Message).WithViolations(e.Violations...)
	}
	return answer.Out, nil
}
