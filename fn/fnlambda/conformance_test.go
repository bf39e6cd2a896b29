package fnlambda_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/hosttest"
)

func TestEveryFrontDoorConforms(t *testing.T) {
	for _, format := range awsevent.Formats() {
		t.Run(string(format), func(t *testing.T) {
			hosttest.Run(t, func(t *testing.T, app fn.Starter) hosttest.Host {
				h := conforming(t, app)
				return hosttest.Host{HTTP: func(r *http.Request) (*http.Response, error) { return behind(h, format, r) }}
			})
		})
	}
}

func TestDirectInvokesConform(t *testing.T) {
	hosttest.Run(t, func(t *testing.T, app fn.Starter) hosttest.Host {
		h := conforming(t, app)
		return hosttest.Host{Invoke: func(ctx context.Context, function string, in []byte) ([]byte, error) {
			out, err := h.Invoke(ctx, fmt.Appendf(nil, `{"function":%q,"in":%s}`, function, in))
			if failed, ok := errors.AsType[messages.InvokeResponse_Error](err); ok {
				code, _ := fn.ParseCode(failed.Type)
				return nil, fn.Errorf(code, "%s", failed.Message)
			}
			return out, err
		}}
	})
}

func conforming(t *testing.T, app fn.Starter) *fnlambda.Handler {
	t.Helper()
	h, err := fnlambda.New(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return h
}

// behind carries the request through the front door and back.
func behind(h *fnlambda.Handler, format awsevent.Format, r *http.Request) (*http.Response, error) {
	request, err := awsevent.FromHTTP(r)
	if err != nil {
		return nil, err
	}
	event, err := awsevent.New(format, request)
	if err != nil {
		return nil, err
	}
	payload, err := h.Invoke(r.Context(), event)
	if err != nil {
		return nil, err
	}
	res, err := awsevent.ReadResponse(format, payload)
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodHead {
		res.Body = nil // the front door sends none
	}
	return &http.Response{StatusCode: res.Status, Header: res.Header, Body: io.NopCloser(bytes.NewReader(res.Body))}, nil
}
