package binding_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/anygrain/anygrain/binding"
)

// countingReader counts what is read through it.
type countingReader struct {
	r io.Reader
	n int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

type note struct {
	Text string `json:"text" default:"none"`
	N    int    `json:"n"`
}

type (
	wholeBytes struct {
		B []byte `body:""`
	}
	wholeString struct {
		B string `body:""`
	}
	wholeReader struct {
		B io.Reader `body:""`
	}
	wholeRaw struct {
		B json.RawMessage `body:""`
	}
	wholeList struct {
		B []line `body:"" validate:"min=1"`
	}
	wholeNote struct {
		B *line `body:""`
	}
)

func bindsTo[T any](name string, src fakeRequest, want T) textCase {
	return textCase{name, func(t *testing.T) {
		got, err := bind[T](t, src)
		wantTold(t, err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("bound %+v, want %+v", got, want)
		}
	}}
}

func failsFor[T any](name string, src fakeRequest, told ...string) textCase {
	return textCase{name, func(t *testing.T) {
		_, err := bind[T](t, src)
		wantTold(t, err, told...)
	}}
}

func TestBodies(t *testing.T) {
	const mediaType = "body media_type: must be application/json in UTF-8, or a type that ends in +json"
	cases := []textCase{
		bindsTo("members", withJSON(`{"text":"a","n":1}`), note{"a", 1}),
		bindsTo("default of a member", withJSON(`{"n":1}`), note{"none", 1}),
		bindsTo("default without a body", fakeRequest{}, note{"none", 0}),
		bindsTo("empty body", withJSON(``), note{"none", 0}),
		bindsTo("null body", withJSON(` null `), note{"none", 0}),
		bindsTo("null is there", withJSON(`{"text":null}`), note{}),
		bindsTo("no content type", fakeRequest{}.with(`{"n":1}`), note{"none", 1}),
		bindsTo("charset", withBody("application/json; charset=UTF-8", `{"n":1}`), note{"none", 1}),
		bindsTo("+json", withBody("application/merge-patch+json", `{"n":1}`), note{"none", 1}),
		bindsTo("wrong type of nothing", withBody("text/plain", ""), note{"none", 0}),
		bindsTo("identity", withJSON(`{"n":1}`).and("Content-Encoding", "identity"), note{"none", 1}),
		bindsTo("body that nothing asks for", withBody("text/plain", "x").and("Content-Encoding", "gzip"), struct{}{}),
		bindsTo("bytes of any type", withBody("image/png", "\x89"), wholeBytes{[]byte("\x89")}),
		bindsTo("no bytes", fakeRequest{}, wholeBytes{}),
		bindsTo("text", withBody("text/plain", "a\nb"), wholeString{"a\nb"}),
		bindsTo("raw JSON", withJSON(` {"a":[1]}`), wholeRaw{json.RawMessage(`{"a":[1]}`)}),
		bindsTo("list", withJSON(`[{"sku":"a"}]`), wholeList{[]line{{SKU: "a"}}}),
		bindsTo("no list", withJSON(``), wholeList{}),
		bindsTo("pointer", withJSON(`{"sku":"a"}`), wholeNote{&line{SKU: "a"}}),
		bindsTo("bare list", withJSON(`[1,2]`), []int{1, 2}),
		bindsTo("bare map", withJSON(`{"a":1}`), map[string]int{"a": 1}),
		bindsTo("bare number", withJSON(`7`), 7),
		bindsTo("bare bytes", withBody("image/png", "\x89"), []byte("\x89")),
		bindsTo("bare text", withBody("text/plain", "a"), name("a")),
		bindsTo("bare raw JSON", withJSON(`[1]`), json.RawMessage(`[1]`)),
		bindsTo("bare any", withJSON(`[1]`), any([]any{1.0})),
		failsFor[note]("wrong type", withBody("text/plain", `{}`), "media type", mediaType),
		failsFor[note]("wrong charset", withBody("application/json; charset=latin1", `{}`), "media type", mediaType),
		failsFor[note]("broken type", withBody("application/json; =", `{}`), "media type", mediaType),
		failsFor[note]("compressed", withJSON(`{}`).and("Content-Encoding", "gzip"), "media type", "body media_type: must be sent without Content-Encoding"),
		failsFor[wholeBytes]("compressed bytes", withJSON(`{}`).and("Content-Encoding", "gzip"), "media type", "body media_type: must be sent without Content-Encoding"),
		failsFor[wholeList]("list of a wrong type", withBody("text/plain", `[]`), "media type", mediaType),
		failsFor[wholeString]("text that is no UTF-8", withBody("text/plain", "\xff"), "malformed", "body syntax: must be text in UTF-8"),
		failsFor[wholeList]("element", withJSON(`[{"sku":"a"},{"quantity":"x"}]`), "malformed", "body[1].quantity type: must be an integer"),
		failsFor[[]int]("bare element", withJSON(`[1,"x"]`), "malformed", "body[1] type: must be an integer"),
		failsFor[wholeList]("not a list", withJSON(`{}`), "malformed", "body type: must be a list"),
	}
	for _, c := range cases {
		t.Run(c.name, c.run)
	}
}

// and adds a header.
func (r fakeRequest) and(name, value string) fakeRequest {
	r.header[name] = []string{value}
	return r
}

func TestHandlerDecodesWhatItAsksFor(t *testing.T) {
	type in struct {
		Encoding string `header:"Content-Encoding"`
		B        []byte `body:""`
	}
	got, err := bind[in](t, withBody("text/plain", "\x1f\x8b").and("Content-Encoding", "gzip"))
	wantTold(t, err)
	if got.Encoding != "gzip" || string(got.B) != "\x1f\x8b" {
		t.Errorf("bound %+v", got)
	}
}

// held is a body whose bytes belong to the host.
type held struct {
	*bytes.Reader
	data []byte
}

func (h held) Bytes() []byte { return h.data }

func holding(data string) held { return held{bytes.NewReader([]byte(data)), []byte(data)} }

func TestNothingBoundIsTheHostsMemory(t *testing.T) {
	checkCopied(t, `"text"`, func(in *wholeString) string { return in.B })
	checkCopied(t, `bytes`, func(in *wholeBytes) string { return string(in.B) })
	checkCopied(t, `[1,2]`, func(in *wholeRaw) string { return string(in.B) })
	checkCopied(t, `{"text":"abc"}`, func(in *note) string { return in.Text })
	checkCopied(t, `where=abc`, func(in *signup) string { return in.Where })
}

func checkCopied[T any](t *testing.T, body string, bound func(*T) string) {
	t.Helper()
	var in T
	source := holding(body)
	err := compileIn[T](t).Bind(t.Context(), &in, fakeRequest{body: source}, binding.Limits{}, nil)
	wantTold(t, err)
	before := strings.Clone(bound(&in))
	clear(source.data)
	if after := bound(&in); after != before || before == "" {
		t.Errorf("%T bound %q, which became %q", in, before, after)
	}
}

func TestBodyLimit(t *testing.T) {
	const limit = 10
	exceeds := func(name string, bind func(src binding.Source) error) {
		for _, size := range []int{limit, limit + 1, limit * 1000} {
			t.Run(name, func(t *testing.T) {
				body := &countingReader{r: strings.NewReader(strings.Repeat("1", size))}
				err := bind(fakeRequest{body: body})
				wantLimit(t, err, size > limit)
				if body.n > limit+1 {
					t.Errorf("read %d bytes of %d", body.n, size)
				}
				wantLimit(t, bind(fakeRequest{body: holding(strings.Repeat("1", size))}), size > limit)
			})
		}
	}
	limits := binding.Limits{Body: limit}
	exceeds("bytes", func(src binding.Source) error {
		return compileIn[wholeBytes](t).Bind(t.Context(), new(wholeBytes), src, limits, nil)
	})
	exceeds("JSON", func(src binding.Source) error {
		return compileIn[int](t).Bind(t.Context(), new(int), src, limits, nil)
	})
	exceeds("reader", func(src binding.Source) error {
		var in wholeReader
		if err := compileIn[wholeReader](t).Bind(t.Context(), &in, src, limits, nil); err != nil {
			return err
		}
		_, err := io.Copy(io.Discard, in.B)
		return err
	})
	exceeds("direct form", func(src binding.Source) error {
		data := make([]byte, limit+1)
		n, _ := io.ReadFull(src.Body(), data)
		return compileIn[int](t).BindJSON(t.Context(), new(int), data[:n], limits, nil)
	})
}

func wantLimit(t *testing.T, err error, exceeded bool) {
	t.Helper()
	if exceeded {
		wantTold(t, err, "too large", "body size: must have at most 10 bytes")
	} else {
		wantTold(t, err)
	}
}

func TestDefaultBodyLimit(t *testing.T) {
	err := compileIn[wholeBytes](t).Bind(t.Context(), new(wholeBytes), fakeRequest{body: holding(strings.Repeat("1", binding.DefaultBodyLimit+1))}, binding.Limits{}, nil)
	wantTold(t, err, "too large", "body size: must have at most 1048576 bytes")
}

func TestBrokenConnection(t *testing.T) {
	gone := errors.New("connection reset")
	broken := func(begin string) fakeRequest {
		src := withFields(t)
		src.body = io.MultiReader(strings.NewReader(begin), iotest.ErrReader(gone))
		return src
	}
	src := broken("{")
	src.header = nil
	_, err := bind[note](t, src)
	wantTold(t, err, "unreadable", "body syntax: must be sent to its end")
	if !errors.Is(err, gone) {
		t.Errorf("the cause is lost: %v", errors.Unwrap(err))
	}
	_, err = bind[signup](t, broken("--"))
	wantTold(t, err, "unreadable", "body syntax: must be sent to its end")
}

func TestAFunctionThatReadsABrokenBodyHasBindingsError(t *testing.T) {
	gone := errors.New("connection reset")
	src := fakeRequest{body: io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(gone))}
	in, err := bind[wholeReader](t, src)
	wantTold(t, err)
	data, err := io.ReadAll(in.B)
	wantTold(t, err, "unreadable", "body syntax: must be sent to its end")
	if string(data) != "abc" || !errors.Is(err, gone) {
		t.Errorf("read %q, %v; want what was there, and the cause", data, errors.Unwrap(err))
	}
	in, _ = bind[wholeReader](t, fakeRequest{body: iotest.ErrReader(context.Canceled)})
	if _, err := io.ReadAll(in.B); err != context.Canceled {
		t.Errorf("got %v, want that nobody waits any more", err)
	}
}

func TestReaderIsNeverNil(t *testing.T) {
	for _, bound := range []func() (wholeReader, error){
		func() (wholeReader, error) { return bind[wholeReader](t, fakeRequest{}) },
		func() (wholeReader, error) { return bindDirect[wholeReader](t, `{}`) },
		func() (wholeReader, error) { return bindDirect[wholeReader](t, `{"body":null}`) },
	} {
		in, err := bound()
		wantTold(t, err)
		if data, err := io.ReadAll(in.B); err != nil || len(data) != 0 {
			t.Errorf("read %q, %v", data, err)
		}
	}
}
