package fntest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// broken is a host that gets one thing wrong, and says that it lost another.
type broken struct{ response Response }

func (b broken) do(context.Context, Request) (received, error) {
	r := b.response
	return received{Response: &r}, nil
}

func (broken) invoke(context.Context, string, []byte) ([]byte, error) {
	return nil, errors.New("not used")
}

func (broken) losses(Request) []string { return []string{"it drops the query"} }

type failures struct {
	testing.TB
	all []string
}

func (*failures) Helper() {}
func (f *failures) Errorf(format string, args ...any) {
	f.all = append(f.all, fmt.Sprintf(format, args...))
}

func TestABrokenHostIsReportedInWords(t *testing.T) {
	good := func() Response {
		return Response{Status: 200, Header: http.Header{"X-A": {"1", "2"}, "Set-Cookie": {"a=1", "b=2"}}, Body: []byte("yes")}
	}
	for name, c := range map[string]struct {
		change func(*Response)
		says   string // "" when nothing is to be reported
	}{
		"the same":                {func(*Response) {}, ""},
		"a header folded":         {func(r *Response) { r.Header["X-A"] = []string{"1, 2"} }, ""},
		"cookies in other order":  {func(r *Response) { r.Header["Set-Cookie"] = []string{"b=2", "a=1"} }, ""},
		"another request id":      {func(r *Response) { r.Header.Set("X-Request-Id", "7") }, ""},
		"a header to be ignored":  {func(r *Response) { r.Header.Set("X-Time", "7") }, ""},
		"another status":          {func(r *Response) { r.Status = 404 }, "status: got 404, want 200"},
		"a header that is lost":   {func(r *Response) { r.Header.Del("X-A") }, `header X-A: got [], want ["1" "2"]`},
		"a header that is new":    {func(r *Response) { r.Header.Set("X-B", "1") }, `header X-B: got ["1"], want []`},
		"a cookie that is lost":   {func(r *Response) { r.Header.Set("Set-Cookie", "a=1") }, "header Set-Cookie"},
		"another body":            {func(r *Response) { r.Body = []byte("no") }, "body: got \"no\"\n       want \"yes\""},
		"a long body":             {func(r *Response) { r.Body = make([]byte, 500) }, "(500 bytes)"},
		"what the front door did": {func(r *Response) { r.Status = 404 }, `it drops the query; leave it out by fntest.Without("broken")`},
	} {
		t.Run(name, func(t *testing.T) {
			got, want := good(), good()
			c.change(&got)
			tb := &failures{}
			client := &Client{host: "broken", ctx: t.Context(), tb: tb, server: broken{got}, logs: &logs{}}
			client.compare([]Request{Get("/x")}, []outcome{{received: received{Response: &want}}}, newSettings([]Option{Ignoring("X-Time")}))
			text := strings.Join(tb.all, "\n")
			if c.says == "" && text != "" || !strings.Contains(text, c.says) {
				t.Errorf("reported %q, want %q", text, c.says)
			}
			if c.says != "" && !strings.HasPrefix(text, "GET /x is answered otherwise on broken than on direct:") {
				t.Errorf("reported %q", text)
			}
		})
	}
}
