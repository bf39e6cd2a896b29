package fnhttp_test

import (
	"context"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

type priceInput struct {
	ID       string `path:"id"`
	Currency string `query:"currency" default:"EUR"`
	Tenant   string `header:"X-Tenant" validate:"required"`
}

type orderInput struct {
	Tenant string   `header:"X-Tenant" validate:"required"`
	Items  []string `json:"items" validate:"required,max=10"`
	Note   string   `json:"note"`
}

type signInput struct {
	Name string `form:"name" validate:"required,max=10"`
	Note string `form:"note" validate:"max=20"`
}

type price struct {
	ID       string `json:"id"`
	Currency string `json:"currency"`
	Cents    int    `json:"cents"`
}

func benchFunctions() []fn.Function {
	return []fn.Function{
		fn.New("shop.price", func(_ context.Context, in priceInput) (price, error) {
			return price{ID: in.ID, Currency: in.Currency, Cents: 999}, nil
		}, fn.Route("GET /prices/{id}")),
		fn.New("shop.order", func(_ context.Context, in orderInput) (price, error) {
			return price{ID: in.Items[0], Currency: "EUR", Cents: 999}, nil
		}, fn.Route("POST /orders", fn.Status(201))),
		fn.New("shop.sign", func(_ context.Context, in signInput) (price, error) {
			return price{ID: in.Name, Currency: "EUR", Cents: 999}, nil
		}, fn.Route("POST /sign")),
	}
}

// discard is a ResponseWriter that costs nothing.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }

func BenchmarkServe(b *testing.B) {
	const body = `{"items":["a","b"],"note":"ring twice"}`
	for _, c := range []struct {
		name, method, target, body string
		status                     int
	}{
		{"get", "GET", "/prices/42?currency=USD", "", 200},
		{"post", "POST", "/orders", body, 201},
		{"not found", "GET", "/nowhere", "", 404},
	} {
		b.Run(c.name, func(b *testing.B) {
			h := newHandler(b, benchFunctions())
			r := httptest.NewRequest(c.method, c.target, nil)
			r.Header.Set("X-Tenant", "acme")
			r.Header.Set("Content-Type", "application/json")
			reader := strings.NewReader(c.body)
			w := &discard{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				if c.body != "" {
					reader.Reset(c.body)
					r.Body, r.ContentLength = io.NopCloser(reader), int64(len(c.body))
				}
				clear(w.header)
				h.ServeHTTP(w, r)
				if w.status != c.status {
					b.Fatalf("status %d", w.status)
				}
			}
		})
	}
}

// What the host itself costs: a function that does nothing, from request to reply.
func BenchmarkHost(b *testing.B) {
	reply := textReply("hello")
	f := fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
		return &fn.Reply{Status: 200, Header: reply.Header, Body: reply.Body}, nil
	}, fn.Route("GET /a/{id}"))
	h := newHandler(b, []fn.Function{f})
	r := httptest.NewRequest("GET", "/a/7", nil)
	w := &discard{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		h.ServeHTTP(w, r)
	}
}

// What a mounted handler costs: one that writes a small page, and a large one.
func BenchmarkMounted(b *testing.B) {
	for name, size := range map[string]int{"1 kB": 1 << 10, "20 kB": 20 << 10, "1 MB": 1 << 20} {
		b.Run(name, func(b *testing.B) {
			page := make([]byte, size)
			h := newHandler(b, []fn.Function{fnhttp.Handle("a.b", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.Header().Set("Cache-Control", "no-store")
				for part := page; len(part) > 0; part = part[min(len(part), 8<<10):] {
					_, _ = w.Write(part[:min(len(part), 8<<10)])
				}
			}), fn.Route("GET /"))})
			r := httptest.NewRequest("GET", "/", nil)
			w := &discard{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				h.ServeHTTP(w, r)
			}
		})
	}
}

// TestServeAllocates: the exchange, what the request needs once, In and Out in one
// piece, and the body; with a body in the request, what JSON makes of it, or the texts of a form in one piece.
// Of an input that breaks rules the answer names each.
func TestServeAllocates(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector empties pools")
	}
	const asJSON, asForm = "application/json", "application/x-www-form-urlencoded"
	h, w := newHandler(t, benchFunctions()), &discard{header: http.Header{}}
	for _, c := range []struct {
		method, target, contentType, body string
		status                            int
		most                              float64
	}{
		{"GET", "/prices/42?currency=USD", asJSON, "", 200, 4},
		{"POST", "/orders", asJSON, `{"items":["a","b"],"note":"ring twice"}`, 201, 7},
		{"POST", "/orders", asJSON, `{"items":["a","b","c","d","e","f","g","h","i","j","k"],"note":"too many"}`, 422, 21},
		{"POST", "/sign", asForm, "name=ada&note=a+%26+b", 200, 5},
		{"POST", "/sign", asForm, "name=&note=more+than+twenty+characters", 422, 17},
	} {
		r := httptest.NewRequest(c.method, c.target, nil)
		r.Header.Set("X-Tenant", "acme")
		r.Header.Set("Content-Type", c.contentType)
		reader := strings.NewReader("")
		body := io.NopCloser(reader)
		got := math.Inf(1)
		for range 5 { // what else runs in this process is counted too
			got = min(got, testing.AllocsPerRun(100, func() {
				if c.body != "" {
					reader.Reset(c.body)
					r.Body, r.ContentLength = body, int64(len(c.body))
				}
				clear(w.header)
				h.ServeHTTP(w, r)
			}))
		}
		if w.status != c.status || got > c.most {
			t.Errorf("%s %s answers %d and allocates %v times, want %d and %v at most", c.method, c.target, w.status, got, c.status, c.most)
		}
	}
}
