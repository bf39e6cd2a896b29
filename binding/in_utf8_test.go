package binding_test

import (
	"encoding/json"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/anygrain/anygrain/binding"
)

type texts struct {
	Path   string         `path:"p"`
	Query  []string       `query:"q"`
	Addr   *netip.Addr    `query:"a"`
	Header string         `header:"X-H"`
	List   []string       `header:"X-L"`
	Cookie string         `cookie:"c"`
	Text   string         `json:"text"`
	Map    map[string]any `json:"map"`
}

type formTexts struct {
	Text []string      `form:"text"`
	File *binding.File `form:"file"`
}

// Strings are UTF-8 wherever they come from, and NUL is a character wherever there can be one.
func TestBytesThatAreNoText(t *testing.T) {
	const utf8Text, file = "type: must be text in UTF-8", "syntax: must have a file name and a Content-Type in UTF-8"
	for name, tt := range map[string]struct {
		src  fakeRequest
		told string
	}{
		"path":            {fakeRequest{path: map[string]string{"p": "a\xff"}}, "path.p " + utf8Text},
		"query":           {withQuery("q=a&q=%FF"), "query.q[1] " + utf8Text},
		"query unescaped": {withQuery("q=\xff"), "query.q[0] " + utf8Text},
		"surrogate":       {withQuery("q=%ED%A0%80"), "query.q[0] " + utf8Text},
		"text of a type":  {withQuery("a=::1%25%FF"), "query.a type: must be a valid Addr"},
		"header":          {withHeader("X-H", "\xff"), "header.X-H " + utf8Text},
		"list":            {withHeader("X-L", "a, \xff"), "header.X-L[1] " + utf8Text},
		"header with NUL": {withHeader("X-H", "a\x00"), "header.X-H syntax: must be a header's value, without line breaks and NUL"},
		"list with CR":    {withHeader("X-L", "a,b\rc"), "header.X-L[1] syntax: must be a header's value, without line breaks and NUL"},
		"cookie":          {withHeader("Cookie", "c=\xff"), "cookie.c " + utf8Text},
		"cookie with NUL": {withHeader("Cookie", "c=\x00"), "cookie.c syntax: must be a cookie value without control characters (RFC 6265 section 5.2)"},
		"JSON":            {withJSON("{\"text\":\"\xff\"}"), "body syntax: must be valid JSON; it is not at byte 9"},
		"lone surrogate":  {withJSON(`{"text":"\ud800"}`), "body syntax: must be valid JSON; it is not at byte 9"},
		"half a pair":     {withJSON(`{"map":{"a":["\udc00x"]}}`), "body syntax: must be valid JSON; it is not at byte 14"},
		"name of JSON":    {withJSON("{\"map\":{\"\xff\":1}}"), "body syntax: must be valid JSON; it is not at byte 9"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := bind[texts](t, tt.src)
			wantTold(t, err, "malformed", tt.told)
		})
	}
	for name, tt := range map[string]struct {
		src  fakeRequest
		told string
	}{
		"form":         {withForm("text=%FF"), "form.text[0] " + utf8Text},
		"unknown name": {withForm("%FF=1"), "form.\uFFFD unknown: is not known"},
		"multipart":    {withFields(t, field{`name="text"`, "", "\xff"}), "form.text[0] " + utf8Text},
		"file name":    {withFields(t, field{`name="file"; filename*=UTF-8''%FF`, "", "x"}), "form.file " + file},
		"plain name":   {withFields(t, field{"name=\"file\"; filename=\"\xff\"", "", "x"}), "form.file " + file},
		"content type": {withFields(t, field{`name="file"; filename="a"`, "text/\xff", "x"}), "form.file " + file},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := bind[formTexts](t, tt.src)
			wantTold(t, err, "malformed", tt.told)
		})
	}
}

func TestNULIsACharacter(t *testing.T) {
	src := withJSON(`{"text":"a\u0000","map":{"\u0000":"\u0000"}}`)
	src.path, src.query = map[string]string{"p": "a\x00"}, "q=%00"
	in, err := bind[texts](t, src)
	wantTold(t, err)
	if in.Path != "a\x00" || in.Query[0] != "\x00" || in.Text != "a\x00" || in.Map["\x00"] != "\x00" {
		t.Errorf("bound %q", in)
	}
	form, err := bind[formTexts](t, withForm("text=%00"))
	wantTold(t, err)
	if form.Text[0] != "\x00" {
		t.Errorf("bound %q", form.Text)
	}
	type refusing struct {
		Name string `query:"name" validate:"excludes=\x00"`
	}
	var got refusing
	err = compileIn[refusing](t).Bind(t.Context(), &got, withQuery("name=a%00"), binding.Limits{}, rules(t))
	if e, ok := errors.AsType[*binding.Error](err); !ok || e.Kind != binding.Invalid || e.Violations[0].Location != "query.name" {
		t.Errorf("got %v", err)
	}
}

// FuzzStringsAreUTF8 looks for a way by which other bytes come into a string.
func FuzzStringsAreUTF8(f *testing.F) {
	for _, seed := range []string{"a", "\xff", "%FF", `\ud800`, "\xed\xa0\x80", "a;\xc3", "\x00", "\\u0000"} {
		f.Add(seed)
	}
	codec, forms := compileIn[texts](f), compileIn[formTexts](f)
	f.Fuzz(func(t *testing.T, s string) {
		src := withJSON(`{"text":"` + s + `","map":{"` + s + `":["` + s + `"]}}`)
		src.path, src.query = map[string]string{"p": s}, "q="+s
		src.header["X-H"], src.header["X-L"], src.header["Cookie"] = []string{s}, []string{s, "a"}, []string{"c=" + s}
		disposition := strings.NewReplacer("\r", "", "\n", "").Replace(`name="file"; filename="` + s + `"`)
		for _, one := range []struct {
			codec *binding.In
			to    any
			src   fakeRequest
		}{
			{codec, new(texts), src},
			{forms, new(formTexts), withForm("text=" + s)},
			{forms, new(formTexts), withFields(t, field{`name="text"`, "", s})},
			{forms, new(formTexts), withFields(t, field{disposition, "", "x"})},
		} {
			err := one.codec.Bind(t.Context(), one.to, one.src, binding.Limits{}, nil)
			if err != nil {
				if !utf8.ValidString(err.Error()) {
					t.Fatalf("%q: the error is %q", s, err)
				}
				continue
			}
			written, err := json.Marshal(one.to)
			if err != nil || strings.Contains(string(written), `\ufffd`) && !strings.Contains(s, "\uFFFD") && !strings.Contains(strings.ToUpper(s), "FFFD") && !strings.Contains(strings.ToUpper(s), "%EF%BF%BD") {
				t.Fatalf("%q: bound %s, %v", s, written, err)
			}
		}
	})
}
