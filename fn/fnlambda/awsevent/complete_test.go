package awsevent_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// FromHTTP takes the target as the client wrote it. A url.URL writes some in another way.
func TestFromHTTPKeepsTheTargetAsItCame(t *testing.T) {
	for _, target := range []string{`/a"b`, "/a^b?x={1}", "/%41?", "//a/./b"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RequestURI = target
		r.URL.Path, r.URL.RawPath = `/a"b`, target
		if got, err := awsevent.FromHTTP(r); err != nil || got.Target != target {
			t.Errorf("%q is %q, %v", target, got.Target, err)
		}
	}
}

// A front door makes the ids that a request does not have, in the form that its own have.
func TestIDsThatAreNotGivenAreMade(t *testing.T) {
	uuid := `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`
	forms := map[awsevent.Format]string{
		awsevent.REST: uuid, awsevent.FunctionURL: uuid, awsevent.HTTPAPI: `^[A-Za-z0-9+/]{15}=$`, awsevent.HTTPAPIv1: `^[A-Za-z0-9+/]{15}=$`,
	}
	for _, format := range awsevent.Formats() {
		e := event[struct {
			RequestContext    struct{ RequestID string }
			Headers           map[string]string
			MultiValueHeaders map[string][]string
		}](t, format, awsevent.Request{})
		if form := forms[format]; !regexp.MustCompile(form).MatchString(e.RequestContext.RequestID) {
			t.Errorf("%s: the id of the request is %q, want %s", format, e.RequestContext.RequestID, form)
		}
		trace := headerOf(e.Headers, e.MultiValueHeaders, "X-Amzn-Trace-Id")
		if !regexp.MustCompile(`^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$`).MatchString(trace) {
			t.Errorf("%s: the trace is %q", format, trace)
		}
	}
}

func headerOf(one map[string]string, many map[string][]string, name string) string {
	h := http.Header{}
	for key, value := range one {
		h.Add(key, value)
	}
	for key, values := range many {
		for _, value := range values {
			h.Set(key, value)
		}
	}
	return h.Get(name)
}

// What a front door says itself replaces what the client said, however that is spelt.
func TestAFrontDoorReplacesTheFieldsThatItSays(t *testing.T) {
	for _, format := range awsevent.Formats() {
		payload, err := awsevent.New(format, awsevent.Request{Header: http.Header{"x-forwarded-proto": {"gopher"}, "x-Forwarded-PORT": {"70"}}})
		if err != nil {
			t.Fatal(err)
		}
		var e struct {
			Headers           map[string]string
			MultiValueHeaders map[string][]string
		}
		if err := json.Unmarshal(payload, &e); err != nil {
			t.Fatal(err)
		}
		for name, value := range e.Headers {
			if value == "gopher" || value == "70" {
				t.Errorf("%s: %s is still %s", format, name, value)
			}
		}
		for name, values := range e.MultiValueHeaders {
			if len(values) != 1 || values[0] == "gopher" || values[0] == "70" {
				t.Errorf("%s: %s is still %q", format, name, values)
			}
		}
	}
}
