package binding_test

import (
	"bytes"
	"mime/multipart"
	"net/textproto"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

type signup struct {
	Text  string         `form:"text" validate:"required"`
	Ages  []int          `form:"age"`
	Where string         `form:"where" default:"here"`
	Photo *binding.File  `form:"photo"`
	Docs  []binding.File `form:"doc"`
}

func TestURLEncodedForm(t *testing.T) {
	const expect = "body media_type: must be application/x-www-form-urlencoded or multipart/form-data, in UTF-8"
	const boundary = "form syntax: must be sent with one boundary in its Content-Type, as in multipart/form-data; boundary=abc"
	tests := []struct {
		name string
		src  fakeRequest
		want signup
		told []string
	}{
		{name: "fields", src: withForm("text=a+b%26&age=1&age=2&where="), want: signup{Text: "a b&", Ages: []int{1, 2}}},
		{name: "defaults", src: withForm("text=a"), want: signup{Text: "a", Where: "here"}},
		{name: "no body", src: withForm(""), want: signup{Where: "here"}},
		{name: "charset", src: withBody("application/x-www-form-urlencoded; charset=UTF-8", "text=a"), want: signup{Text: "a", Where: "here"}},
		{name: "no content type", src: fakeRequest{}.with("text=a"), want: signup{Text: "a", Where: "here"}},
		{name: "unknown field", src: withForm("text=a&b=c"), told: []string{"malformed", "form.b unknown: is not known"}},
		{name: "field twice", src: withForm("text=a&text=b"), told: []string{"malformed", "form.text duplicate: must be given once"}},
		{name: "number", src: withForm("age=1&age=x"), told: []string{"malformed", "form.age[1] type: must be an integer"}},
		{name: "text for a file", src: withForm("photo=x"), told: []string{"malformed", "form.photo type: must be an uploaded file (multipart/form-data)"}},
		{name: "broken", src: withForm("text=%"), told: []string{"malformed", "form.text syntax: must have other characters as %XX: a semicolon as %3B, a percent sign as %25"}},
		{name: "JSON", src: withJSON("{}"), told: []string{"media type", expect}},
		{name: "content type in capitals", src: withBody("Application/X-WWW-Form-Urlencoded", "text=a"), want: signup{Text: "a", Where: "here"}},
		{name: "compressed", src: withForm("text=a").encoded("gzip"), told: []string{"media type", "body media_type: must be sent without Content-Encoding"}},
		{name: "compressed, but nothing", src: withForm("").encoded("gzip"), want: signup{Where: "here"}},
		{name: "semicolon", src: withForm("text=a;age=1"), told: []string{"malformed", "form.text syntax: must have other characters as %XX: a semicolon as %3B, a percent sign as %25"}},
		{name: "escaped name", src: withForm("t%65xt=a&=&"), told: []string{"malformed", "form. unknown: is not known"}},
		{name: "other charset", src: withBody("application/x-www-form-urlencoded; charset=latin1", "text=a"), told: []string{"media type", expect}},
		{name: "multipart without boundary", src: withBody("multipart/form-data", "text=a"), told: []string{"malformed", boundary}},
		{name: "multipart with an empty boundary", src: withBody(`Multipart/Form-Data; boundary=""`, "text=a"), told: []string{"malformed", boundary}},
		{name: "multipart with a broken boundary", src: withBody("multipart/form-data ;boundary", "text=a"), told: []string{"malformed", boundary}},
		{name: "multipart with two boundaries", src: withBody("multipart/form-data; boundary=a; boundary=b", "text=a"), told: []string{"malformed", boundary}},
		{name: "multipart without boundary and body", src: withBody("multipart/form-data", ""), want: signup{Where: "here"}},
		{name: "multipart without boundary, compressed", src: withBody("multipart/form-data", "a").encoded("gzip"), told: []string{"media type", "body media_type: must be sent without Content-Encoding"}},
		{name: "other multipart", src: withBody("multipart/mixed", "text=a"), told: []string{"media type", expect}},
		{name: "charset without a dash", src: withBody(`application/x-www-form-urlencoded; charset="UTF8"`, "text=a"), want: signup{Text: "a", Where: "here"}},
		{name: "empty numbers", src: withForm("age=&text=a&age=3&age="), want: signup{Text: "a", Ages: []int{3}, Where: "here"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := bind[signup](t, tt.src)
			wantTold(t, err, tt.told...)
			if err == nil && !reflect.DeepEqual(got, tt.want) {
				t.Errorf("bound %+v, want %+v", got, tt.want)
			}
		})
	}
}

// The buffer of a body is used for the next one. What was bound from it stays.
func TestFormsDoNotShareMemory(t *testing.T) {
	codec := compileIn[signup](t)
	var first, second signup
	wantTold(t, codec.Bind(t.Context(), &first, withForm("text=one+%26+only&age=1"), binding.Limits{}, nil))
	wantTold(t, codec.Bind(t.Context(), &second, withForm("text=two+%26+more&age=2"), binding.Limits{}, nil))
	if first.Text != "one & only" || second.Text != "two & more" {
		t.Errorf("bound %+v and %+v", first, second)
	}
}

// What cannot be bound any more must not be remembered, or a small form of many names
// keeps the server busy: the work of each name grew with all those before it.
func TestUnknownFormFieldsBeyondTheFirstAreNotRemembered(t *testing.T) {
	const names = 4000
	var form strings.Builder
	for i := range names {
		form.WriteString("u" + strconv.Itoa(i) + "=&")
	}
	codec, src, body := compileIn[signup](t), withForm(""), form.String()
	var in signup
	var err error
	got := testing.AllocsPerRun(1, func() {
		err = codec.Bind(t.Context(), &in, src.with(body+"age=x"), binding.Limits{}, rules(t))
	})
	if got > names/2 {
		t.Errorf("%v allocations for %d unknown fields, want fewer than one for two of them", got, names)
	}
	var want []string
	for i := range 100 {
		want = append(want, "form.u"+strconv.Itoa(i)+" unknown: is not known")
	}
	wantTold(t, err, append([]string{"malformed"}, want...)...)
}

func TestAnUnknownFormFieldHidesNoRule(t *testing.T) {
	type in struct {
		Street string `form:"address.street" validate:"required"`
	}
	var got in
	err := compileIn[in](t).Bind(t.Context(), &got, withForm("address=x"), binding.Limits{}, rules(t))
	wantTold(t, err, "malformed", "form.address.street required: is required", "form.address unknown: is not known")
}

func TestUnknownFormFieldsPassWhenAllowed(t *testing.T) {
	var in signup
	err := compileIn[signup](t).Bind(t.Context(), &in, withForm("b=c&text=a"), binding.Limits{AllowUnknown: true}, nil)
	wantTold(t, err)
	if in.Text != "a" {
		t.Errorf("bound %+v", in)
	}
}

// field is a part of a multipart form; disposition is what follows form-data.
type field struct{ disposition, contentType, data string }

func withFields(t testing.TB, fields ...field) fakeRequest {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range fields {
		header := textproto.MIMEHeader{"Content-Disposition": {"form-data; " + f.disposition}}
		if f.contentType != "" {
			header.Set("Content-Type", f.contentType)
		}
		part, err := w.CreatePart(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(f.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return withBody(w.FormDataContentType(), b.String())
}

func TestMultipartForm(t *testing.T) {
	got, err := bind[signup](t, withFields(t,
		field{`name="text"`, "", "a=b"},
		field{`name="age"`, "text/plain", "7"},
		field{`name="photo"; filename="C:\\fakepath\\me.png"`, "image/png", "\x89PNG"},
		field{`name="doc"; filename="../../etc/passwd"`, "", "x"},
		field{`name="doc"; filename=".."`, "", "y"},
		field{`name="doc"; filename=""`, "application/octet-stream", ""},
	))
	wantTold(t, err)
	want := signup{Text: "a=b", Ages: []int{7}, Where: "here",
		Photo: &binding.File{Name: "me.png", ContentType: "image/png", Data: []byte("\x89PNG")},
		Docs:  []binding.File{{Name: "passwd", Data: []byte("x")}, {Data: []byte("y")}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("bound %+v, want %+v", got, want)
	}
}

func TestMultipartViolations(t *testing.T) {
	photo := field{`name="photo"; filename="a"`, "", "x"}
	many := make([]field, 1001)
	for i := range many {
		many[i] = field{`name="age"`, "", "1"}
	}
	cut := withFields(t, photo)
	cut = withBody(cut.header["Content-Type"][0], "--nonsense")
	tests := []struct {
		name string
		src  fakeRequest
		told []string
	}{
		{"file for text", withFields(t, field{`name="text"; filename="a"`, "", "x"}), []string{"malformed", "form.text type: must be text, not a file"}},
		{"text for a file", withFields(t, field{`name="photo"`, "", "x"}), []string{"malformed", "form.photo type: must be an uploaded file (multipart/form-data)"}},
		{"two files for one", withFields(t, photo, photo), []string{"malformed", "form.photo duplicate: must be given once"}},
		{"unknown", withFields(t, field{`name="b"`, "", "x"}), []string{"malformed", "form.b unknown: is not known"}},
		{"too many parts", withFields(t, many...), []string{"malformed", "form size: must have at most 1000 fields and files"}},
		{"cut off", cut, []string{"malformed", "form syntax: must be a form as its Content-Type says (RFC 7578)"}},
		{"empty", withBody(cut.header["Content-Type"][0], ""), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := bind[signup](t, tt.src)
			wantTold(t, err, tt.told...)
		})
	}
}

func TestMultipartLimit(t *testing.T) {
	src := withFields(t, field{`name="photo"; filename="a"`, "", strings.Repeat("x", 500)})
	body := &countingReader{r: src.body}
	src.body = body
	var in signup
	err := compileIn[signup](t).Bind(t.Context(), &in, src, binding.Limits{Body: 300}, nil)
	wantTold(t, err, "too large", "body size: must have at most 300 bytes")
	if body.n > 301 {
		t.Errorf("read %d bytes", body.n)
	}
}

// A malformed field is what its name says: one of the In's, or an unknown one, which the limits
// may let pass as foreign query parameters do.
func TestMalformedFieldsOfAForm(t *testing.T) {
	const syntax = " syntax: must have other characters as %XX: a semicolon as %3B, a percent sign as %25"
	for form, want := range map[string]struct{ strict, lax []string }{
		"text=a&x=100%":        {[]string{"malformed", "form.x unknown: is not known"}, nil},
		"x=1;2&text=a":         {[]string{"malformed", "form.x unknown: is not known"}, nil},
		"text=a&100%=x":        {[]string{"malformed", "form.100% unknown: is not known"}, nil},
		"te%78t=%zz":           {[]string{"malformed", "form.text" + syntax}, []string{"malformed", "form.text" + syntax}},
		"text=a&age=1&age=%":   {[]string{"malformed", "form.age[1]" + syntax}, []string{"malformed", "form.age[1]" + syntax}},
		"text=%&text=%2&x=%":   {[]string{"malformed", "form.text" + syntax, "form.x unknown: is not known"}, []string{"malformed", "form.text" + syntax}},
		"text=a&photo=%&doc=x": {[]string{"malformed", "form.photo type: must be an uploaded file (multipart/form-data)", "form.doc type: must be an uploaded file (multipart/form-data)"}, []string{"malformed", "form.photo type: must be an uploaded file (multipart/form-data)", "form.doc type: must be an uploaded file (multipart/form-data)"}},
	} {
		codec := compileIn[signup](t)
		for _, allowed := range []bool{false, true} {
			told := want.strict
			if allowed {
				told = want.lax
			}
			var in signup
			err := codec.Bind(t.Context(), &in, withForm(form), binding.Limits{AllowUnknown: allowed}, nil)
			wantTold(t, err, told...)
			if err == nil && in.Text != "a" {
				t.Errorf("%s: bound %+v", form, in)
			}
		}
	}
}
