package binding_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

// stamp is a time with another name, as generated code has it.
type stamp struct{ time.Time }

// times has a time in every place.
type times struct {
	Path   time.Time   `path:"p"`
	Query  *time.Time  `query:"q"`
	Header []time.Time `header:"X-H"`
	Cookie stamp       `cookie:"c"`
	Body   time.Time   `json:"b"`
	Within struct {
		At   *stamp               `json:"at"`
		List []time.Time          `json:"list"`
		Map  map[string]time.Time `json:"map"`
	} `json:"within"`
}

type formTime struct {
	Form time.Time `form:"f"`
}

// everywhere binds one text as a time in all places, and returns what was read in each
// and which refused it.
func everywhere(t testing.TB, text string) (read map[string]time.Time, refused []string) {
	t.Helper()
	escaped := strings.NewReplacer("%", "%25", "+", "%2B", "&", "%26", ";", "%3B").Replace(text)
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	q := string(quoted)
	read = map[string]time.Time{}
	one := func(place string, in *times, err error, got func() time.Time) {
		if err != nil {
			refused = append(refused, place)
			return
		}
		read[place] = got()
		_ = in
	}
	var in times
	codec := compileIn[times](t)
	bindTo := func(src fakeRequest) error { return codec.Bind(t.Context(), &in, src, binding.Limits{}, nil) }
	one("path", &in, bindTo(fakeRequest{path: map[string]string{"p": text}}), func() time.Time { return in.Path })
	one("query", &in, bindTo(withQuery("q="+escaped)), func() time.Time { return *in.Query })
	one("header", &in, bindTo(withHeader("X-H", text)), func() time.Time { return in.Header[0] })
	one("cookie", &in, bindTo(withHeader("Cookie", "c="+text)), func() time.Time { return in.Cookie.Time })
	one("body", &in, bindTo(withJSON(`{"b":`+q+`}`)), func() time.Time { return in.Body })
	one("at", &in, bindTo(withJSON(`{"within":{"at":`+q+`}}`)), func() time.Time { return in.Within.At.Time })
	one("list", &in, bindTo(withJSON(`{"within":{"list":[`+q+`]}}`)), func() time.Time { return in.Within.List[0] })
	one("map", &in, bindTo(withJSON(`{"within":{"map":{"a":`+q+`}}}`)), func() time.Time { return in.Within.Map["a"] })
	one("direct", &in, codec.BindJSON(t.Context(), &in, []byte(`{"q":`+q+`,"X-H":[`+q+`],"c":`+q+`}`), binding.Limits{}, nil), func() time.Time { return in.Cookie.Time })
	form, err := bind[formTime](t, withForm("f="+escaped))
	one("form", &in, err, func() time.Time { return form.Form })
	return read, refused
}

func TestATimeHasOneReader(t *testing.T) {
	want := time.Date(2024, 8, 18, 1, 2, 3, 0, time.UTC)
	for _, text := range []string{
		"2024-08-18T01:02:03Z", "2024-08-18t01:02:03Z", "2024-08-18T01:02:03z", "2024-08-18t01:02:03z",
		"2024-08-18T01:02:03.0Z", "2024-08-18T03:02:03+02:00", "2024-08-18T10:02:03+09:00", "2024-08-17T05:13:03-19:49", "2024-08-19T01:01:03+23:59", "2024-08-18t00:02:03.000-01:00", "2024-08-18T01:02:03+00:00",
	} {
		read, refused := everywhere(t, text)
		if len(refused) > 0 {
			t.Errorf("%s is refused in %v", text, refused)
		}
		for place, got := range read {
			if !got.Equal(want) {
				t.Errorf("%s is %v in %s, want %v", text, got, place, want)
			}
		}
	}
	for _, text := range []string{
		"2024-08-18T01:02:03,5Z", "2024-08-18T1:02:03Z", "2024-08-18T01:02:03-24:00", "2024-08-18T01:02:03+23:60", "2024-08-18T01:02:03.Z",
		"2024-08-18T01:02:03", "2024-08-18 01:02:03Z", "2024-08-18T24:00:00Z", "2024-02-30T00:00:00Z", "2024-08-18T01:02:60Z", "2024-08-18T01:02Z",
		"24-08-18T01:02:03Z", "+2024-08-18T01:02:03Z", "2024-08-18T01:02:03+0200", "2024-08-18T01:02:03ZZ", "2024-08-18T01:02:03.5.5Z", "x",
	} {
		if read, _ := everywhere(t, text); len(read) > 0 {
			t.Errorf("%s is read: %v", text, read)
		}
	}
}

// FuzzTime holds all places to one reading, and that to package time, which takes
// more than RFC 3339 has.
func FuzzTime(f *testing.F) {
	for _, seed := range []string{"2024-08-18T01:02:03Z", "2024-08-18t01:02:03.5z", "2024-08-18T1:02:03,5Z", "2024-08-18T01:02:03-24:00", "2024-02-29T23:59:59+23:59"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\"\\,") || strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c > '~' }) || text == "" {
			return // what a place has a meaning of its own for
		}
		read, refused := everywhere(t, text)
		if _, date := time.Parse(time.DateOnly, text); date == nil {
			return // query and form read it
		}
		if len(read) > 0 && len(refused) > 0 {
			t.Fatalf("%q is refused in %v and read: %v", text, refused, read)
		}
		want, err := time.Parse(time.RFC3339, strings.ToUpper(text))
		for place, got := range read {
			if err != nil || !got.Equal(want) {
				t.Fatalf("%q is %v in %s, package time says %v, %v", text, got, place, want, err)
			}
		}
	})
}

func TestDatesOfQueriesAndForms(t *testing.T) {
	want := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	in, err := bind[one[[]time.Time]](t, withQuery("v=2024-02-29&v=&v=2024-02-29T00:00:00Z"))
	wantTold(t, err)
	if len(in.V) != 2 || !in.V[0].Equal(want) || !in.V[1].Equal(want) {
		t.Errorf("bound %v", in.V)
	}
	form, err := bind[formTime](t, withForm("f=2024-02-29"))
	wantTold(t, err)
	if form.Form != want {
		t.Errorf("bound %v", form.Form)
	}
	for _, text := range []string{"2023-02-29", "2024-2-29", "2024-02-29T", "24-02-29", "2024-02-29Z", "29.02.2024", "2024-02"} {
		_, err := bind[one[time.Time]](t, withQuery("v="+text))
		wantTold(t, err, "malformed", "query.v type: must be a time such as 2006-01-02T15:04:05Z")
	}
}

type dated struct {
	At    time.Time   `header:"X-At"`
	List  []time.Time `header:"X-List"`
	Since *time.Time  `header:"If-Modified-Since"`
	Until time.Time   `header:"If-Unmodified-Since" validate:"required"`
}

func TestHTTPDates(t *testing.T) {
	want := time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)
	const fixdate = "Sun, 06 Nov 1994 08:49:37 GMT"
	for _, text := range []string{fixdate, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"} {
		got, err := bind[dated](t, fakeRequest{header: map[string][]string{
			"X-At": {text}, "If-Modified-Since": {text}, "If-Unmodified-Since": {text}, "X-List": {text + ", " + text, text},
		}})
		wantTold(t, err)
		if got.At != want || got.Since == nil || *got.Since != want || got.Until != want || len(got.List) != 3 || got.List[1] != want {
			t.Errorf("%s: bound %+v", text, got)
		}
	}
	for _, text := range []string{
		"Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49:37.5 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "06 Nov 1994 08:49:37 GMT",
		"Sun, 6 Nov 1994 08:49:37 GMT", "Sun Nov 6 8:49:37.5 1994", "Sun, 31 Feb 1994 08:49:37 GMT", "yesterday", fixdate + "," + fixdate,
	} {
		_, err := bind[dated](t, withHeader("X-At", text))
		wantTold(t, err, "malformed", "header.X-At type: must be a time such as 2006-01-02T15:04:05Z")
		got, err := bind[dated](t, fakeRequest{header: map[string][]string{"If-Modified-Since": {text}, "If-Unmodified-Since": {text}}})
		wantTold(t, err)
		if got.Since != nil || !got.Until.IsZero() {
			t.Errorf("%s: bound %+v, want it passed over (RFC 9110 section 13.1.3)", text, got)
		}
	}
	var in dated
	err := compileIn[dated](t).Bind(t.Context(), &in, withHeader("If-Unmodified-Since", "never"), binding.Limits{}, rules(t))
	wantTold(t, err, "invalid", "header.If-Unmodified-Since required: is required")
}

// Every day of the week can begin a date in a list.
func TestHTTPDatesOfAWeekInAList(t *testing.T) {
	first := time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)
	for _, form := range []string{http.TimeFormat, "Monday, 02-Jan-06 15:04:05 GMT"} {
		var dates []string
		for day := range 7 {
			dates = append(dates, first.AddDate(0, 0, day).Format(form))
		}
		got, err := bind[dated](t, withHeader("X-List", strings.Join(dates, ", ")))
		wantTold(t, err)
		if len(got.List) != 7 || got.List[6] != first.AddDate(0, 0, 6) {
			t.Errorf("%s: bound %v", dates, got.List)
		}
	}
}

// FuzzHTTPDate holds the reader to that of net/http, which takes some more.
func FuzzHTTPDate(f *testing.F) {
	for _, seed := range []string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "sun, 06 nov 1994 08:49:37 gmt"} {
		f.Add(seed)
	}
	type in struct {
		At time.Time `header:"X-At"`
	}
	codec := compileIn[in](f)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.Trim(text, " \t")
		var got in
		if text == "" || codec.Bind(t.Context(), &got, withHeader("X-At", text), binding.Limits{}, nil) != nil {
			return
		}
		want, err := http.ParseTime(text)
		if rfc, rfcErr := time.Parse(time.RFC3339, strings.ToUpper(text)); rfcErr == nil {
			want, err = rfc, nil
		}
		if err != nil || !got.At.Equal(want) {
			t.Fatalf("%q is %v, net/http says %v, %v", text, got.At, want, err)
		}
	})
}
