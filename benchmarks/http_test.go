package benchmarks_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
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
	for name, value := range w.Headers() {
		r.Header.Set(name, value)
	}
	return r
}

func TestEveryContenderIsRight(t *testing.T) {
	for _, c := range contender.OverHTTP() {
		t.Run(c.Name, func(t *testing.T) {
			h := c.New(standard)
			for _, w := range work.Requests() {
				rec := httptest.NewRecorder()
				h.ServeHTTP(rec, request(w))
				if err := w.Check(rec.Code, rec.Body.Bytes()); err != nil {
					t.Error(err)
				}
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
		if !w.Takes(n.status) {
			b.Fatalf("status %d", n.status)
		}
	}
}

// BenchmarkHTTP is ServeHTTP of every contender under every workload.
func BenchmarkHTTP(b *testing.B) {
	for _, w := range work.Requests() {
		for _, c := range contender.OverHTTP() {
			b.Run(w.Name+"/contender="+c.Name, func(b *testing.B) { benchmark(b, c.New(standard), w) })
		}
	}
}

// BenchmarkRoutes is the workload get with few and with many routes beside it.
func BenchmarkRoutes(b *testing.B) {
	for _, n := range []int{10, 50, 500} {
		for _, c := range contender.OverHTTP()[:2] {
			b.Run(strconv.Itoa(n)+"/contender="+c.Name, func(b *testing.B) { benchmark(b, c.New(n), work.Requests()[0]) })
		}
	}
}
