package hosttest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

var cases = []testCase{
	{
		sentence: "an In arrives whole, and the Out is the answer",
		http: func(x exchange) {
			res := x.do("POST", "/echo/a%20b?tag=1", `{"text":"hällo"}`, "X-Trace", "t")
			x.status(res, 200)
			x.same("the answer", res.body, `{"id":"a b","tag":["1"],"trace":"t","text":"hällo"}`)
			x.header(res, "Content-Type", "application/json")
		},
		invoke: func(x exchange) {
			x.same("the Out", x.invoke("probe.echo", `{"id":"a b","tag":["1"],"trace":"t","text":"hällo"}`),
				`{"id":"a b","tag":["1"],"trace":"t","text":"hällo"}`)
		},
	},
	{
		sentence: "an In that breaks a rule is the caller's error",
		http: func(x exchange) {
			x.problem(x.do("POST", "/echo/1", `{"text":""}`), 422, "invalid_argument")
		},
		invoke: func(x exchange) { x.fails("probe.echo", `{"id":"1","text":""}`, fn.InvalidArgument, "text") },
	},
	{
		sentence: "an In that is no JSON is the caller's error",
		http: func(x exchange) {
			x.problem(x.do("POST", "/echo/1", `{"text":`), 400, "invalid_argument")
		},
	},
	{
		sentence: "an error's problem document has its media type, its status and its code",
		http: func(x exchange) {
			res := x.do("GET", "/fails", "")
			x.problem(res, 404, "not_found")
			x.contains("the problem document", res.body, "there is no such thing")
		},
		invoke: func(x exchange) { x.fails("probe.fails", `{}`, fn.NotFound, "there is no such thing") },
	},
	{
		sentence: "the text of an unexpected error is not told to the caller",
		http:     func(x exchange) { x.problem(x.do("GET", "/leaks", ""), 500, "internal") },
		invoke:   func(x exchange) { x.fails("probe.leaks", `{}`, fn.Internal, "") },
	},
	{
		sentence: "the message of an internal error is not told to the caller",
		http:     func(x exchange) { x.problem(x.do("GET", "/fails-inside", ""), 500, "internal") },
		invoke:   func(x exchange) { x.fails("probe.fails_inside", `{}`, fn.Internal, "") },
	},
	{
		sentence: "a panic is an internal error, and the next request is answered",
		http: func(x exchange) {
			x.problem(x.do("GET", "/panics", ""), 500, "internal")
			x.status(x.do("GET", "/sees/next", ""), 200)
		},
		invoke: func(x exchange) {
			x.fails("probe.panics", `{}`, fn.Internal, "")
			x.invoke("probe.echo", `{"id":"1","text":"next"}`)
		},
	},
	{
		sentence: "the function's context ends when its caller goes away",
		http: func(x exchange) {
			x.leaves(func(ctx context.Context) {
				_, _ = x.host.HTTP(httptest.NewRequestWithContext(ctx, "GET", "/waits", nil))
			})
		},
		invoke: func(x exchange) {
			x.leaves(func(ctx context.Context) { _, _ = x.host.Invoke(ctx, "probe.waits", []byte(`{}`)) })
		},
	},
	{
		sentence: "a request says its host, its kind and its function",
		http: func(x exchange) {
			var got seen
			x.decode(x.do("GET", "/sees/it", "").body, &got)
			if got.Host == "" {
				x.t.Error("Request.Host is empty; it is the name of the host")
			}
			got.Host = ""
			if want := (seen{"http", "", "GET", "/sees/it", "GET /sees/{what}", "probe.sees"}); got != want {
				x.t.Errorf("the request is %+v; want %+v", got, want)
			}
		},
		invoke: func(x exchange) {
			var got seen
			x.decode(x.invoke("probe.sees", `{}`), &got)
			if got.Host == "" || got.Kind == "" || got.Function != "probe.sees" {
				x.t.Errorf("the request is %+v; Host and Kind have to say something, and Function is probe.sees", got)
			}
		},
	},
	{
		sentence: "a function that the unit does not serve is Unimplemented",
		invoke:   func(x exchange) { x.fails("probe.unknown", `{}`, fn.Unimplemented, "") },
	},
	{
		sentence: "a body that is larger than the limit is answered 413",
		http: func(x exchange) {
			x.status(x.do("POST", "/upload", `{"text":"`+strings.Repeat("x", bodyLimit)+`"}`), 413)
			x.status(x.do("POST", "/upload", `{"text":"short"}`), 200)
		},
	},
	{
		sentence: "a path that no function has is answered 404, with the middleware's header",
		http: func(x exchange) {
			res := x.do("GET", "/nowhere", "")
			x.problem(res, 404, "not_found")
			x.header(res, "X-Stamp", "here")
		},
	},
	{
		sentence: "a method that a path does not have is answered 405, and Allow says which it has",
		http: func(x exchange) {
			res := x.do("GET", "/upload", "")
			x.status(res, 405)
			if allow := res.Header.Get("Allow"); !strings.Contains(allow, "POST") {
				x.t.Errorf("Allow is %q; POST should be in it", allow)
			}
		},
	},
	{
		sentence: "what middleware adds to the reply's header arrives",
		http:     func(x exchange) { x.header(x.do("GET", "/sees/it", ""), "X-Stamp", "here") },
	},
	{
		sentence: "a reply's two Set-Cookie fields both arrive",
		http: func(x exchange) {
			if got := x.do("GET", "/cookies", "").Header.Values("Set-Cookie"); !slices.Equal(got, []string{"a=1", "b=2"}) {
				x.t.Errorf("Set-Cookie is %q; want a=1 and b=2, each in a field of its own", got)
			}
		},
	},
	{
		sentence: "bytes that are no text arrive as they are, in both directions",
		http: func(x exchange) {
			res := x.do("PUT", "/bytes", "\x00\xff\xfe\r\n", "Content-Type", "application/octet-stream")
			x.same("the body", res.body, "\x00\xff\xfe\r\n")
		},
	},
	{
		sentence: "a reply without a body has none",
		http: func(x exchange) {
			res := x.do("DELETE", "/nothing", "")
			x.status(res, 204)
			x.same("the body", res.body, "")
		},
	},
	{
		sentence: "a HEAD is answered as a GET without the body",
		http: func(x exchange) {
			res := x.do("HEAD", "/sees/it", "")
			x.status(res, 200)
			x.header(res, "Content-Type", "application/json")
			x.same("the body", res.body, "")
		},
	},
	{
		sentence: "a stream arrives whole, and is closed",
		http: func(x exchange) {
			x.same("the body", x.do("GET", "/streams", "").body, "as it comes")
			x.hears("closed", nil)
		},
	},
}

// response is an answer, read to its end.
type response struct {
	*http.Response
	body string
}

// do sends a request, with header fields as name and value in turn. A body is JSON unless they say otherwise.
func (x exchange) do(method, target, body string, header ...string) response {
	x.t.Helper()
	r := httptest.NewRequestWithContext(x.ctx, method, target, nil)
	if body != "" {
		r = httptest.NewRequestWithContext(x.ctx, method, target, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := x.host.HTTP(r)
	if err == nil && res == nil {
		err = errors.New("Host.HTTP returned neither an answer nor an error")
	}
	if err != nil {
		x.t.Fatalf("%s %s: %v", method, target, err)
	}
	if res.Body == nil {
		return response{res, ""}
	}
	defer func() { _ = res.Body.Close() }()
	read, err := io.ReadAll(res.Body)
	if err != nil {
		x.t.Fatalf("%s %s: the answer breaks off: %v", method, target, err)
	}
	return response{res, string(read)}
}

func (x exchange) invoke(function, in string) string {
	x.t.Helper()
	out, err := x.host.Invoke(x.ctx, function, []byte(in))
	if err != nil {
		x.t.Fatalf("%s: %v", function, err)
	}
	return string(bytes.TrimSpace(out))
}

// fails checks an error by its code, and its text when there is one to be told.
func (x exchange) fails(function, in string, code fn.Code, text string) {
	x.t.Helper()
	out, err := x.host.Invoke(x.ctx, function, []byte(in))
	switch {
	case err == nil:
		x.t.Errorf("%s answers %s; want an error with the code %s", function, out, code)
	case fn.CodeOf(err) != code:
		x.t.Errorf("%s fails with the code %s (%v); want %s", function, fn.CodeOf(err), err, code)
	case !strings.Contains(told(err), text):
		x.t.Errorf("the error of %s is %q; %q should be in it", function, told(err), text)
	case strings.Contains(told(err), secret):
		x.t.Errorf("the error of %s is %q; no caller may read %q", function, told(err), secret)
	}
}

// told is what a caller can read of an error.
func told(err error) string {
	e, ok := errors.AsType[*fn.Error](err)
	if !ok {
		return err.Error()
	}
	text := e.Message()
	for _, v := range e.Violations() {
		text += "; " + v.Location + " " + v.Message
	}
	return text
}

// problem checks a problem document.
func (x exchange) problem(res response, status int, code string) {
	x.t.Helper()
	x.status(res, status)
	x.header(res, "Content-Type", "application/problem+json")
	var document struct {
		Status int    `json:"status"`
		Code   string `json:"code"`
	}
	x.decode(res.body, &document)
	if document.Status != status || document.Code != code {
		x.t.Errorf("the problem document is %s; its status should be %d and its code %q", res.body, status, code)
	}
	if strings.Contains(res.body, secret) {
		x.t.Errorf("the answer is %s; no client may read %q", res.body, secret)
	}
}

// leaves sends what waits, goes away, and waits for the function to be told.
func (x exchange) leaves(send func(ctx context.Context)) {
	x.t.Helper()
	ctx, leave := context.WithCancel(x.ctx)
	defer leave()
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		send(ctx)
	}()
	x.hears("runs", sent)
	leave()
	x.hears("ended", nil)
	<-sent
}

// hears waits for what a function tells, unless it is lost.
func (x exchange) hears(want string, lost <-chan struct{}) {
	x.t.Helper()
	select {
	case got := <-x.probe.hears:
		if got != want {
			x.t.Fatalf("the function told %q; want %q", got, want)
		}
	case <-lost:
		x.t.Fatalf("the host was done before a function told %q", want)
	case <-x.ctx.Done():
		x.t.Fatalf("nothing told %q within %v", want, patience)
	}
}

func (x exchange) status(res response, want int) {
	x.t.Helper()
	if res.StatusCode != want {
		x.t.Errorf("the status is %d; want %d; the body is %s", res.StatusCode, want, res.body)
	}
}

func (x exchange) header(res response, name, want string) {
	x.t.Helper()
	if got := res.Header.Get(name); got != want {
		x.t.Errorf("%s is %q; want %q", name, got, want)
	}
}

func (x exchange) same(what, got, want string) {
	x.t.Helper()
	if got != want {
		x.t.Errorf("%s is %q; want %q", what, got, want)
	}
}

func (x exchange) contains(what, got, want string) {
	x.t.Helper()
	if !strings.Contains(got, want) {
		x.t.Errorf("%s is %q; %q should be in it", what, got, want)
	}
}

func (x exchange) decode(text string, v any) {
	x.t.Helper()
	if err := json.Unmarshal([]byte(text), v); err != nil {
		x.t.Fatalf("%q is no JSON: %v", text, err)
	}
}
