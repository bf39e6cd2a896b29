package binding_test

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

type benchParts struct {
	ID     string   `path:"id"`
	Expand []string `query:"expand"`
	Limit  int      `query:"limit" default:"20"`
	Tenant string   `header:"X-Tenant"`
}

type benchBody struct {
	Tenant string `header:"X-Tenant"`
	Items  []line `json:"items"`
}

type benchForm struct {
	Text string `form:"text"`
	User string `form:"user"`
	At   int64  `form:"at"`
}

// replayed is a body that can be read again.
type replayed struct{ bytes.Reader }

func benchBind[T any](b *testing.B, src fakeRequest, body string) {
	codec := compileIn[T](b)
	var reader replayed
	src.body = &reader
	data := []byte(body)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		reader.Reset(data)
		var in T
		if err := codec.Bind(b.Context(), &in, src, binding.Limits{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBind(b *testing.B) {
	parts := fakeRequest{path: map[string]string{"id": "o-1"}, query: "expand=items&limit=7", header: map[string][]string{"X-Tenant": {"acme"}}}
	b.Run("path, query and header", func(b *testing.B) { benchBind[benchParts](b, parts, "") })
	items := strings.TrimSuffix(strings.Repeat(`{"sku":"sku-0123456789","quantity":12},`, 26), ",")
	body := fmt.Sprintf(`{"items":[%s]}`, items)
	json := withJSON("")
	json.header["X-Tenant"] = []string{"acme"}
	b.Run("1 KB of JSON beside a header", func(b *testing.B) { benchBind[benchBody](b, json, body) })
	b.Run("1 KB of JSON alone", func(b *testing.B) {
		benchBind[struct {
			Items []line `json:"items"`
		}](b, json, body)
	})
	b.Run("form", func(b *testing.B) { benchBind[benchForm](b, withForm(""), "text=hello+world&user=u-1&at=1767312000") })
}

// TestBindAllocates keeps what a request costs: the memory of the In's own list, and
// the decoded texts of a form in one piece, beside what the test's body takes.
func TestBindAllocates(t *testing.T) {
	query := &fakeRequest{path: map[string]string{"id": "o-1"}, query: "expand=items&limit=7&utm=x", header: map[string][]string{"X-Tenant": {"acme"}}}
	form := withForm("")
	var parts benchParts
	var fields benchForm
	for name, c := range map[string]struct {
		codec *binding.In
		in    any
		src   *fakeRequest
		body  string
		most  float64
	}{
		"path, query and header": {compileIn[benchParts](t), &parts, query, "", 1},
		"form":                   {compileIn[benchForm](t), &fields, &form, "text=hello+world&user=u-1&at=1767312000", 1},
	} {
		t.Run(name, func(t *testing.T) {
			if raceEnabled {
				t.Skip("the race detector empties pools")
			}
			var reader replayed
			data := []byte(c.body)
			if c.body != "" {
				c.src.body = &reader
			}
			got := math.Inf(1)
			for range 5 { // what else runs in this process is counted too
				got = min(got, testing.AllocsPerRun(100, func() {
					reader.Reset(data)
					if err := c.codec.Bind(t.Context(), c.in, c.src, binding.Limits{}, nil); err != nil {
						t.Fatal(err)
					}
				}))
			}
			if got > c.most {
				t.Errorf("%v allocations, want at most %v", got, c.most)
			}
		})
	}
}

func TestBindOverwrites(t *testing.T) {
	in := benchParts{ID: "old", Expand: []string{"old"}, Tenant: "old"}
	if err := compileIn[benchParts](t).Bind(t.Context(), &in, fakeRequest{}, binding.Limits{}, nil); err != nil {
		t.Fatal(err)
	}
	if in.ID != "" || in.Expand != nil || in.Limit != 20 || in.Tenant != "" {
		t.Errorf("bound %+v", in)
	}
}
