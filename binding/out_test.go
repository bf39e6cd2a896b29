package binding_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

type outItem struct {
	Name  string            `json:"name"`
	Price int               `json:"price,omitzero"`
	Notes map[string]string `json:"notes,omitempty"`
}

type outPaging struct {
	Next  string `header:"X-Next"`
	Total int    `json:"total"`
}

type outMixed struct {
	outPaging
	Status int       `status:""`
	ETag   string    `header:"ETag"`
	Items  []outItem `json:"items"`
	Count  int64     `json:"count,string"`
	Hidden string    `json:"-"`
	Empty  string    `json:"empty,omitempty"`
	Zero   int       `json:",omitzero"`
}

type outRaw struct {
	Type string `header:"Content-Type"`
	Data []byte `body:""`
}

type outStream struct {
	Status int       `status:""`
	Name   string    `header:"X-Name"`
	Body   io.Reader `body:""`
}

type outHTML string

// closer counts how often it was closed.
type closer struct {
	io.Reader
	closed int
}

func (c *closer) Close() error { c.closed++; return nil }

func compileOut[T any](t testing.TB) *binding.Out {
	t.Helper()
	p, problems := binding.CompileOut(reflect.TypeFor[T]())
	if len(problems) > 0 {
		t.Fatalf("CompileOut(%s): %v", reflect.TypeFor[T](), problems)
	}
	return p
}

// rendered is a reply as text: status, header lines, body.
func rendered(t *testing.T, r binding.Rendered) (status int, header, body string) {
	t.Helper()
	var lines []string
	for _, f := range r.Header {
		lines = append(lines, f.Name+": "+f.Value)
	}
	data := r.Body
	if r.Stream != nil {
		if r.Body != nil {
			t.Error("there is a body and a stream")
		}
		var err error
		if data, err = io.ReadAll(r.Stream); err != nil {
			t.Fatal(err)
		}
	}
	return r.Status, strings.Join(lines, "\n"), string(data)
}

type outCase struct {
	name   string
	codec  func(testing.TB) *binding.Out
	out    any // a pointer
	status int
	header string
	body   string
	direct string
}

func outOf[T any](name string, out T, status int, header, body, direct string) outCase {
	return outCase{name, compileOut[T], &out, status, header, body, direct}
}

const (
	jsonType = "Content-Type: application/json"
	textType = "Content-Type: text/plain; charset=utf-8"
	rawType  = "Content-Type: application/octet-stream"
)

func outCases() []outCase { return append(outPlainCases(), outStructCases()...) }

func outPlainCases() []outCase {
	return []outCase{
		outOf("string", "hello <b>", 0, textType, "hello <b>", `"hello <b>"`),
		outOf("empty string", "", 0, textType, "", `""`),
		outOf("named string", outHTML("x"), 0, textType, "x", `"x"`),
		outOf("bytes", []byte{0, 255}, 0, rawType, "\x00\xff", `"AP8="`),
		outOf("no bytes", []byte(nil), 0, rawType, "", `""`),
		outOf("reader", io.Reader(strings.NewReader("abc")), 0, rawType, "abc", `"YWJj"`),
		outOf("no reader", io.Reader(nil), 0, "", "", `""`),
		outOf("buffer", bytes.NewBufferString("abc"), 0, rawType, "abc", `"YWJj"`),
		outOf("nil buffer", (*bytes.Buffer)(nil), 0, "", "", `""`),
		outOf("number", 7, 0, jsonType, "7", "7"),
		outOf("nil slice", []string(nil), 0, jsonType, "[]", "[]"),
		outOf("map in the order of its keys", map[string]int{"c": 3, "a": 1, "b": 2}, 0, jsonType, `{"a":1,"b":2,"c":3}`, `{"a":1,"b":2,"c":3}`),
		outOf("time", time.Date(2026, 3, 1, 13, 30, 0, 0, time.UTC), 0, jsonType, `"2026-03-01T13:30:00Z"`, `"2026-03-01T13:30:00Z"`),
		outOf("text marshaler", netip.MustParseAddr("10.0.0.1"), 0, jsonType, `"10.0.0.1"`, `"10.0.0.1"`),
		outOf("any", any([]int{1}), 0, jsonType, "[1]", "[1]"),
		outOf("nothing", struct{}{}, 0, "", "", "{}"),
		outOf("only unnamed fields", struct{ _ int }{}, 0, "", "", "{}"),
		outOf("durations", []map[string]time.Duration{{"a": 90 * time.Second}}, 0, jsonType, `[{"a":"1m30s"}]`, `[{"a":"1m30s"}]`),
	}
}

func outStructCases() []outCase {
	at := time.Date(2026, 3, 1, 14, 30, 0, 0, time.FixedZone("CET", 3600))
	five := 5
	type times struct {
		At    time.Time     `header:"Last-Modified"`
		Never time.Time     `header:"Expires"`
		Wait  time.Duration `header:"X-Wait"`
	}
	type scalars struct {
		S   outHTML    `header:"X-S"`
		B   bool       `header:"X-B"`
		I   int8       `header:"X-I"`
		U   uint64     `header:"X-U"`
		F   float32    `header:"X-F"`
		IP  netip.Addr `header:"X-Ip"`
		P   *int       `header:"X-P"`
		Nil *int       `header:"X-Nil"`
		L   []string   `header:"x-list"`
	}
	type overridden struct {
		outItem
		Name string `json:"name"`
	}
	return []outCase{
		outOf("pure JSON", outItem{Name: "a<b"}, 0, jsonType, `{"name":"a<b"}`, `{"name":"a<b"}`),
		outOf("pointer to pure JSON", &outItem{Name: "a"}, 0, jsonType, `{"name":"a"}`, `{"name":"a"}`),
		outOf("nil pointer to pure JSON", (*outItem)(nil), 0, jsonType, "null", "null"),
		outOf("pointer to string", (*string)(nil), 0, jsonType, "null", "null"),
		outOf("overridden member", overridden{Name: "outer"}, 0, jsonType, `{"name":"outer"}`, `{"name":"outer"}`),
		outOf("mixed", outMixed{outPaging: outPaging{Next: "n", Total: 2}, Status: 206, ETag: `"e"`, Items: []outItem{{Name: "i"}}, Count: 9, Hidden: "h"},
			206, "X-Next: n\nEtag: \"e\"\n"+jsonType,
			`{"total":2,"items":[{"name":"i"}],"count":"9"}`,
			`{"X-Next":"n","total":2,"status":206,"ETag":"\"e\"","items":[{"name":"i"}],"count":"9"}`),
		outOf("mixed with nothing in it", outMixed{}, 0, jsonType, `{"total":0,"items":[],"count":"0"}`,
			`{"X-Next":"","total":0,"status":0,"ETag":"","items":[],"count":"0"}`),
		outOf("nil pointer to mixed", (*outMixed)(nil), 0, jsonType, "null", "null"),
		outOf("pointer to mixed", &outMixed{Status: 201}, 201, jsonType, `{"total":0,"items":[],"count":"0"}`,
			`{"X-Next":"","total":0,"status":201,"ETag":"","items":[],"count":"0"}`),
		outOf("raw body", outRaw{Data: []byte("<p>")}, 0, rawType, "<p>", `{"Content-Type":"","body":"PHA+"}`),
		outOf("raw body with its type", outRaw{"image/png", []byte{1}}, 0, "Content-Type: image/png", "\x01", `{"Content-Type":"image/png","body":"AQ=="}`),
		outOf("nil pointer to a raw body", (*outRaw)(nil), 0, "", "", "null"),
		outOf("stream", outStream{Name: "n", Body: strings.NewReader("abc")}, 0, "X-Name: n\n"+rawType, "abc", `{"status":0,"X-Name":"n","body":"YWJj"}`),
		outOf("no stream", outStream{}, 0, "", "", `{"status":0,"X-Name":"","body":""}`),
		outOf("times", times{At: at, Wait: 90 * time.Second}, 0, "Last-Modified: Sun, 01 Mar 2026 13:30:00 GMT\nX-Wait: 1m30s", "",
			`{"Last-Modified":"2026-03-01T14:30:00+01:00","Expires":"0001-01-01T00:00:00Z","X-Wait":"1m30s"}`),
		outOf("scalars", scalars{S: " s\t", I: -8, U: math.MaxUint64, F: 0.1, IP: netip.MustParseAddr("::1"), P: &five, L: []string{"a", "", "b, c"}}, 0,
			"X-S: s\nX-B: false\nX-I: -8\nX-U: 18446744073709551615\nX-F: 0.1\nX-Ip: ::1\nX-P: 5\nX-List: a\nX-List: b, c", "",
			`{"X-S":" s\t","X-B":false,"X-I":-8,"X-U":18446744073709551615,"X-F":0.1,"X-Ip":"::1","X-P":5,"X-Nil":null,"x-list":["a","","b, c"]}`),
	}
}

func TestRender(t *testing.T) {
	for _, tt := range outCases() {
		t.Run(tt.name, func(t *testing.T) {
			r, err := tt.codec(t).Render(tt.out)
			if err != nil {
				t.Fatal(err)
			}
			status, header, body := rendered(t, r)
			if status != tt.status || header != tt.header || body != tt.body {
				t.Errorf("Render:\n%d\n%s\n\n%s\nwant\n%d\n%s\n\n%s", status, header, body, tt.status, tt.header, tt.body)
			}
		})
	}
}

func TestDirectForm(t *testing.T) {
	for _, tt := range outCases() {
		t.Run(tt.name, func(t *testing.T) {
			p := tt.codec(t)
			data, err := p.AppendJSON([]byte("before "), tt.out)
			if err != nil {
				t.Fatal(err)
			}
			if string(data) != "before "+tt.direct {
				t.Fatalf("AppendJSON:\n%s\nwant\nbefore %s", data, tt.direct)
			}
			again := reflect.New(reflect.TypeOf(tt.out).Elem()).Interface()
			if err := p.DecodeJSON(again, []byte(tt.direct)); err != nil {
				t.Fatalf("DecodeJSON: %v", err)
			}
			back, err := p.AppendJSON(nil, again)
			if err != nil || string(back) != tt.direct {
				t.Errorf("after DecodeJSON it is\n%s, %v\nwant\n%s", back, err, tt.direct)
			}
		})
	}
}

func TestRenderErrors(t *testing.T) {
	type header struct {
		Name []string `header:"X-Name"`
	}
	type date struct {
		At time.Time `header:"Date"`
	}
	type float struct {
		F *float64 `header:"X-F"`
	}
	type cookie struct {
		S string `cookie:"s"`
	}
	nan := math.NaN()
	tests := []outCase{
		outOf("line break", header{[]string{"fine", "a\r\nSet-Cookie: secret=1"}}, 0, "", "", "header.Name: header X-Name: the value contains the control character 0x0d at byte 1"),
		outOf("line feed alone", header{[]string{"a\nb"}}, 0, "", "", "0x0a"),
		outOf("nul", header{[]string{"a\x00b"}}, 0, "", "", "0x00"),
		outOf("delete", header{[]string{"a\x7f"}}, 0, "", "", "0x7f"),
		outOf("bytes that are no text", header{[]string{"a\xffb"}}, 0, "", "", "not UTF-8"),
		outOf("line break in the media type", outRaw{Type: "text/html\r\nX: y"}, 0, "", "", "outRaw.Type: header Content-Type"),
		outOf("line break in an embedded field", outMixed{outPaging: outPaging{Next: "a\rb"}}, 0, "", "", "outMixed.outPaging.Next: header X-Next"),
		outOf("line break in a cookie", cookie{"a\r\nb"}, 0, "", "", "cookie.S: cookie s: the value contains a control character"),
		outOf("semicolon in a cookie", cookie{"a; Domain=evil"}, 0, "", "", "semicolon"),
		outOf("year of five digits", date{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, 0, "", "", "four digits"),
		outOf("not a number", float{&nan}, 0, "", "", "not a finite number"),
		outOf("status too small", outMixed{Status: 99}, 0, "", "", "outMixed.Status: the status is 99, want one from 100 to 599"),
		outOf("status too large", outMixed{Status: 600}, 0, "", "", "the status is 600"),
		outOf("number that JSON lacks", map[string]any{"a": []float64{1, nan}}, 0, "", "", `"/a/1"`),
		outOf("type that JSON lacks", map[string]any{"a": make(chan int)}, 0, "", "", `chan int`),
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := tt.codec(t).Render(tt.out)
			if err == nil {
				t.Fatalf("Render = %+v, want an error", r)
			}
			if !strings.Contains(err.Error(), tt.direct) {
				t.Errorf("the error is\n%v\nwant\n%s", err, tt.direct)
			}
			for _, secret := range []string{"secret", "evil"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error tells the value: %v", err)
				}
			}
		})
	}
}

func TestStatusWithoutBody(t *testing.T) {
	p := compileOut[outStream](t)
	for _, status := range []int{100, 103, 199, 204, 304} {
		body := &closer{Reader: strings.NewReader("abc")}
		r, err := p.Render(&outStream{Status: status, Name: "n", Body: body})
		if err != nil {
			t.Fatal(err)
		}
		if r.Stream != nil || r.Body != nil || r.Header.Get("Content-Type") != "" {
			t.Errorf("the status %d has a body: %+v", status, r)
		}
		if body.closed != 1 {
			t.Errorf("the stream of a reply %d was closed %d times, want once", status, body.closed)
		}
		if r.Header.Get("X-Name") != "n" {
			t.Errorf("the status %d loses its other headers", status)
		}
	}
}

func TestStreamIsClosed(t *testing.T) {
	p := compileOut[outStream](t)
	body := &closer{Reader: strings.NewReader("abc")}
	if _, err := p.Render(&outStream{Name: "\n", Body: body}); err == nil || body.closed != 1 {
		t.Errorf("after a failed Render (%v) the stream was closed %d times, want once", err, body.closed)
	}
	body.closed = 0
	if _, err := p.AppendJSON(nil, &outStream{Body: body}); err != nil || body.closed != 1 {
		t.Errorf("AppendJSON: %v, the stream was closed %d times, want once", err, body.closed)
	}
	body.closed = 0
	if _, err := p.Render(&outStream{Body: body}); err != nil || body.closed != 0 {
		t.Errorf("Render: %v, the stream was closed %d times; the host closes it", err, body.closed)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("disk gone") }

func TestDirectFormErrors(t *testing.T) {
	stream := compileOut[outStream](t)
	if _, err := stream.AppendJSON(nil, &outStream{Body: failing{}}); err == nil || !strings.Contains(err.Error(), "disk gone") {
		t.Errorf("AppendJSON of a broken reader: %v", err)
	}
	type opaque struct {
		Body *closer `body:""`
	}
	p := compileOut[opaque](t)
	if err := p.DecodeJSON(&opaque{}, []byte(`{"body":"YQ=="}`)); err == nil || !strings.Contains(err.Error(), "declare it as io.Reader") {
		t.Errorf("DecodeJSON into a reader of its own: %v", err)
	}
	for _, bad := range []string{"", "[]", `{"status":"x"}`, `{"status":1,"status":2}`, `{} {}`, `{"body":1}`} {
		if err := stream.DecodeJSON(&outStream{}, []byte(bad)); err == nil {
			t.Errorf("DecodeJSON(%s) has no error", bad)
		}
	}
}

func TestWrongValue(t *testing.T) {
	p := compileOut[outItem](t)
	for _, out := range []any{nil, outItem{}, (*outItem)(nil), &outRaw{}, 7} {
		_, renderErr := p.Render(out)
		_, appendErr := p.AppendJSON(nil, out)
		decodeErr := p.DecodeJSON(out, []byte("{}"))
		for _, err := range []error{renderErr, appendErr, decodeErr} {
			if err == nil || !strings.Contains(err.Error(), "want a non-nil pointer to binding_test.outItem") {
				t.Errorf("with %T: %v", out, err)
			}
		}
	}
}

func TestEmptyAndContentType(t *testing.T) {
	type redirect struct {
		Status   int    `status:""`
		Location string `header:"Location"`
	}
	tests := []struct {
		name  string
		codec *binding.Out
		empty bool
		media string
	}{
		{"nothing", compileOut[struct{}](t), true, ""},
		{"pointer to nothing", compileOut[*struct{}](t), true, ""},
		{"only a header", compileOut[redirect](t), true, ""},
		{"text", compileOut[string](t), false, "text/plain; charset=utf-8"},
		{"bytes", compileOut[[]byte](t), false, "application/octet-stream"},
		{"reader", compileOut[io.ReadCloser](t), false, "application/octet-stream"},
		{"JSON", compileOut[outItem](t), false, "application/json"},
		{"JSON beside headers", compileOut[*outMixed](t), false, "application/json"},
		{"type in a field", compileOut[outRaw](t), false, ""},
		{"stream", compileOut[outStream](t), false, "application/octet-stream"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.codec.Empty() != tt.empty || tt.codec.ContentType() != tt.media {
				t.Errorf("Empty %t, ContentType %q; want %t, %q", tt.codec.Empty(), tt.codec.ContentType(), tt.empty, tt.media)
			}
		})
	}
}

func TestOutFields(t *testing.T) {
	var got []string
	for _, f := range compileOut[outMixed](t).Fields() {
		got = append(got, strings.Join([]string{f.Go, string(f.Where), f.Name, f.JSON, f.Type.String()}, " "))
	}
	want := []string{
		"outPaging.Next header X-Next X-Next string",
		"outPaging.Total body total total int",
		"Status status  status int",
		"ETag header ETag ETag string",
		"Items body items items []binding_test.outItem",
		"Count body count count int64",
		"Empty body empty empty string",
		"Zero body Zero Zero int",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Fields:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	whole := compileOut[[]string](t).Fields()
	if len(whole) != 1 || whole[0].Where != binding.InBody || whole[0].Name != "" || whole[0].Type != reflect.TypeFor[[]string]() {
		t.Errorf("Fields of a slice: %+v", whole)
	}
	if f := compileOut[struct{}](t).Fields(); len(f) != 0 {
		t.Errorf("Fields of nothing: %+v", f)
	}
}

func TestRenderAllocates(t *testing.T) {
	p, out := compileOut[outItem](t), &outItem{Name: "a", Price: 3}
	got := testing.AllocsPerRun(200, func() {
		if _, err := p.Render(out); err != nil {
			t.Error(err)
		}
	})
	// The body and the header. The third is the JSON package's pool, which the
	// race detector empties now and then.
	if got > 3 {
		t.Errorf("Render of a small JSON Out allocates %v times, want 3 at most", got)
	}
}

func BenchmarkRender(b *testing.B) {
	item := outItem{Name: "a", Price: 3, Notes: map[string]string{"k": "v"}}
	benchmarks := []outCase{
		outOf("json", item, 0, "", "", ""),
		outOf("json and headers", outMixed{ETag: "e", Status: 201, Items: []outItem{item}}, 0, "", "", ""),
		outOf("bytes", outRaw{"image/png", make([]byte, 1000)}, 0, "", "", ""),
	}
	for _, bb := range benchmarks {
		b.Run(bb.name, func(b *testing.B) {
			p := bb.codec(b)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Render(bb.out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
