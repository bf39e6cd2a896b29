package binding_test

import (
	"bufio"
	"bytes"
	"io"
	"math/rand/v2"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

// outWide has one field of every kind that an Out can have beside a JSON body.
type outWide struct {
	outPaging
	Status  int                 `status:""`
	S       string              `header:"X-S"`
	B       bool                `header:"X-B"`
	I       *int16              `header:"X-I"`
	U       []uint32            `header:"X-U"`
	F       float64             `header:"X-F" json:"float"`
	At      time.Time           `header:"Last-Modified"`
	Wait    time.Duration       `header:"X-Wait"`
	Waits   []time.Duration     `header:"X-Waits"`
	Session string              `cookie:"session"`
	Cart    binding.SetCookie   `cookie:"cart"`
	Old     *binding.SetCookie  `cookie:"old"`
	Many    []binding.SetCookie `cookie:"many"`
	Item    *outItem            `json:"item"`
	Items   []outItem           `json:"items,omitempty"`
	Data    []byte              `json:"data"`
	Notes   map[string]string   `json:"notes"`
	Big     uint64              `json:"big,string"`
}

func someWide(r *rand.Rand) outWide {
	text := func() string { return strings.Repeat("aé\"<\\ 😀", r.IntN(3)) }
	out := outWide{
		outPaging: outPaging{text(), r.IntN(9)}, Status: r.IntN(600), S: text(), B: r.IntN(2) == 1,
		F: r.NormFloat64(), At: time.Unix(r.Int64N(4e9), r.Int64N(1e9)).UTC(), Wait: time.Duration(r.Int64()),
		Session: text(), Cart: binding.SetCookie{Value: text(), MaxAge: time.Duration(r.IntN(9)) * time.Second},
		Data: []byte(text()), Notes: map[string]string{text(): text()}, Big: r.Uint64(),
		U: []uint32{}, Waits: []time.Duration{-1}, Many: []binding.SetCookie{},
	}
	for range r.IntN(3) {
		i := int16(r.IntN(100))
		out.I, out.Item, out.Old = &i, &outItem{Name: text(), Notes: map[string]string{}}, &binding.SetCookie{Script: true}
		out.Items = append(out.Items, outItem{Name: text(), Notes: map[string]string{"a": text()}})
		out.U, out.Many = append(out.U, r.Uint32()), append(out.Many, binding.SetCookie{Path: text()})
	}
	return out
}

func TestDirectFormRoundTrip(t *testing.T) {
	p, r := compileOut[outWide](t), rand.New(rand.NewPCG(7, 8))
	for range 500 {
		out := someWide(r)
		data, err := p.AppendJSON(nil, &out)
		if err != nil {
			t.Fatal(err)
		}
		again := outWide{S: "is overwritten"}
		if err := p.DecodeJSON(&again, data); err != nil {
			t.Fatal(err)
		}
		// nil and empty are one in JSON; Notes of an item is omitted when empty
		for _, o := range []*outWide{&out, &again} {
			if o.Item != nil {
				o.Item.Notes = nil
			}
		}
		if !reflect.DeepEqual(out, again) {
			t.Fatalf("%s\nwas %+v\n is %+v", data, out, again)
		}
	}
}

func TestStreamRoundTrip(t *testing.T) {
	p := compileOut[outStream](t)
	data, err := p.AppendJSON(nil, &outStream{Status: 201, Body: strings.NewReader("a\x00b")})
	if err != nil {
		t.Fatal(err)
	}
	var out outStream
	if err := p.DecodeJSON(&out, data); err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(out.Body); out.Status != 201 || string(body) != "a\x00b" || err != nil {
		t.Errorf("status %d, body %q, %v", out.Status, body, err)
	}
}

// FuzzHeaderValue: whatever a handler puts into a header, a client that reads
// the response finds that header and no other.
func FuzzHeaderValue(f *testing.F) {
	for _, s := range []string{"a", "a\r\nX-Evil: 1", "a\n\n<script>", "\x00", " a\t", "é", "\xff", "a\rb", "\u2028", "a\v"} {
		f.Add(s, s)
	}
	p := compileOut[outRaw](f)
	cookies := compileOut[outCookies](f)
	f.Fuzz(func(t *testing.T, media, cookie string) {
		r, err := p.Render(&outRaw{Type: media})
		if err != nil {
			return
		}
		c, err := cookies.Render(&outCookies{Session: cookie})
		if err != nil {
			return
		}
		lines := append(r.Header, c.Header...)
		got := readResponse(t, lines)
		if len(got) > len(lines) || got.Get("Content-Type") != r.Header.Get("Content-Type") || got.Get("Set-Cookie") != c.Header.Get("Set-Cookie") {
			t.Fatalf("%q is read as %q", lines, got)
		}
	})
}

// readResponse writes the header as HTTP/1.1 and reads it as net/http does.
func readResponse(t *testing.T, lines binding.Header) http.Header {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 200 OK\r\n")
	for _, f := range lines {
		b.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	b.WriteString("\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(&b), nil)
	if err != nil {
		t.Fatalf("net/http cannot read %q: %v", lines, err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return resp.Header
}
