package binding_test

import (
	"bytes"
	"fmt"
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
	plan := compileIn[T](b)
	var reader replayed
	src.body = &reader
	data := []byte(body)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		reader.Reset(data)
		var in T
		if err := plan.Bind(b.Context(), &in, src, binding.Limits{}, nil); err != nil {
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

// TestBindAllocates keeps what a request without a body costs: the counts of
// what was seen, and the memory of the In's own list.
func TestBindAllocates(t *testing.T) {
	plan := compileIn[benchParts](t)
	src := &fakeRequest{path: map[string]string{"id": "o-1"}, query: "expand=items&limit=7&utm=x", header: map[string][]string{"X-Tenant": {"acme"}}}
	var in benchParts
	allocs := testing.AllocsPerRun(100, func() {
		if err := plan.Bind(t.Context(), &in, src, binding.Limits{}, nil); err != nil {
			t.Fatal(err)
		}
	})
	if allocs > 3 {
		t.Errorf("%v allocations, want at most 3", allocs)
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
