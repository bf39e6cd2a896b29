package fnlambda_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/anygrain/anygrain/fn"
)

// FuzzInvoke holds that any payload gets a response that is JSON with a status,
// or a function error: the runtime never sees anything else.
func FuzzInvoke(f *testing.F) {
	for name := range httpSamples {
		f.Add(sample(f, name))
	}
	files, err := filepath.Glob("testdata/wire/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		_, event, _ := bytes.Cut(text, []byte("-- event --\n"))
		event, _, _ = bytes.Cut(event, []byte("-- seen --"))
		f.Add(event)
	}
	f.Add([]byte(`{"function":"a.d","in":{},"id":"1"}`))
	f.Add([]byte(`[`))
	h := newHandler(f, io.Discard,
		fn.Raw("a.a", everything, fn.Route("GET /orders/{id}")),
		fn.Raw("a.b", everything, fn.Route("POST /files/{name}")),
		fn.Raw("a.c", everything, fn.Route("/tree/{rest...}")),
		fn.Raw("a.d", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{Body: []byte("{}")}, nil }))
	f.Fuzz(func(t *testing.T, payload []byte) {
		out, err := h.Invoke(t.Context(), payload)
		if err != nil {
			if e, ok := err.(messages.InvokeResponse_Error); !ok || e.Type == "" || e.ShouldExit {
				t.Fatalf("the error is a %T: %v", err, err)
			}
			return
		}
		if bytes.Equal(out, []byte("{}")) {
			return // a.d
		}
		var r response
		if err := json.Unmarshal(out, &r); err != nil || r.StatusCode < 200 || r.StatusCode > 599 {
			t.Fatalf("the response is %s: %v", out, err)
		}
	})
}

// everything reads all that a request has and answers with it.
func everything(_ context.Context, req *fn.Request) (*fn.Reply, error) {
	s := req.Source()
	reply := &fn.Reply{Status: 200}
	for _, name := range s.HeaderNames() {
		for _, value := range s.HeaderValues(name) {
			reply.Header.Add(name, value)
		}
	}
	reply.Header.Add("X-Request", req.Method+req.Path+req.Authority+req.Scheme+req.RemoteAddr+s.RawQuery())
	reply.Header.Add("X-Values", s.PathValue("id")+s.PathValue("name")+s.PathValue("rest"))
	if body := s.Body(); body != nil {
		var err error
		if reply.Body, err = io.ReadAll(body); err != nil {
			return nil, err
		}
	}
	return reply, nil
}
