package benchmarks_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/contender"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// standard is how many routes there are unless a benchmark says otherwise.
const standard = 50

// request makes the request anew, as a server does for each.
func request(w work.Request) *http.Request {
	r := httptest.NewRequest(w.Method, w.Target, strings.NewReader(w.Body))
	if w.ContentType != "" {
		r.Header.Set("Content-Type", w.ContentType)
	}
	for name, value := range w.Header {
		r.Header.Set(name, value)
	}
	return r
}

// right holds an answer against what the workload wants. An input that breaks
// rules may be answered 400 or 422, in each framework's own form.
func right(t testing.TB, w work.Request, status int, body string) {
	t.Helper()
	if status != w.Status && (w.Status != 422 || status != 400) {
		t.Fatalf("%s: status %d, want %d: %s", w.Name, status, w.Status, body)
	}
	for _, field := range w.Mentions {
		if !strings.Contains(strings.ToLower(body), field) {
			t.Errorf("%s: the field %s is not named in %s", w.Name, field, body)
		}
	}
	if w.Want == "" {
		return
	}
	var got, want any
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatalf("%s: %v in %s", w.Name, err, body)
	}
	if err := json.Unmarshal([]byte(w.Want), &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %s, want %s", w.Name, body, w.Want)
	}
}

func TestEveryContenderIsRight(t *testing.T) {
	for _, c := range contender.OverHTTP() {
		t.Run(c.Name, func(t *testing.T) {
			h := c.New(standard)
			for _, w := range work.Requests() {
				rec := httptest.NewRecorder()
				h.ServeHTTP(rec, request(w))
				right(t, w, rec.Code, rec.Body.String())
			}
		})
	}
}

// null takes a response without keeping it.
type null struct {
	header http.Header
	status int
}

func (n *null) Header() http.Header         { return n.header }
func (n *null) Write(p []byte) (int, error) { return len(p), nil }
func (n *null) WriteHeader(status int)      { n.status = status }

// body is a request's body that can be read again.
type body struct{ *strings.Reader }

func (body) Close() error { return nil }

func benchmark(b *testing.B, h http.Handler, w work.Request) {
	r := request(w)
	n := &null{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(n.header)
		n.status = 200
		// What a handler may leave in a request is not there for the next.
		again := *r
		again.Body = body{strings.NewReader(w.Body)}
		again.Form, again.PostForm = nil, nil
		h.ServeHTTP(n, &again)
		if n.status != w.Status && n.status != 400 {
			b.Fatalf("status %d", n.status)
		}
	}
}

// BenchmarkHTTP is ServeHTTP of every contender under every workload.
func BenchmarkHTTP(b *testing.B) {
	for _, w := range work.Requests() {
		for _, c := range contender.OverHTTP() {
			b.Run(w.Name+"/"+c.Name, func(b *testing.B) { benchmark(b, c.New(standard), w) })
		}
	}
}

// BenchmarkRoutes is the workload get with few and with many routes beside it.
func BenchmarkRoutes(b *testing.B) {
	for _, n := range []int{10, 50, 500} {
		for _, c := range contender.OverHTTP()[:2] {
			b.Run(itoa(n)+"/"+c.Name, func(b *testing.B) { benchmark(b, c.New(n), work.Requests()[0]) })
		}
	}
}
