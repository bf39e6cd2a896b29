package awsevent_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

var (
	v1  = []awsevent.Format{awsevent.REST, awsevent.HTTPAPIv1}
	v2  = []awsevent.Format{awsevent.HTTPAPI, awsevent.FunctionURL}
	alb = []awsevent.Format{awsevent.ALB, awsevent.ALBMulti}
)

const anyHeader = `"multiValueHeaders":{}`

func TestResponsesThatAreTaken(t *testing.T) {
	for name, c := range map[string]struct {
		formats []awsevent.Format
		payload string
		status  int
		header  http.Header
		body    string
	}{
		"REST without a statusCode is 200":      {v1[:1], `{"body":"x"}`, 200, http.Header{"Content-Type": {"application/json"}}, "x"},
		"the lowest statusCode":                 {append(v2, v1...), `{"statusCode":100}`, 100, http.Header{}, ""},
		"the highest statusCode":                {append(v2, v1...), `{"statusCode":599}`, 599, http.Header{}, ""},
		"bytes that are no UTF-8":               {v2, "{\"statusCode\":200,\"headers\":{\"content-type\":\"a/b\"},\"body\":\"\xff\"}", 200, http.Header{"Content-Type": {"a/b"}}, "\ufffd"},
		"a statusCode in quotes":                {append(v2, v1...), `{"statusCode":"201"}`, 201, http.Header{}, ""},
		"null members":                          {append(v2, v1...), `{"statusCode":204,"headers":null,"body":null,"isBase64Encoded":null}`, 204, http.Header{}, ""},
		"headers of numbers and truths":         {append(v2, v1...), `{"statusCode":200,"headers":{"x-n":1,"x-b":true,"x-z":null}}`, 200, http.Header{"X-N": {"1"}, "X-B": {"true"}}, ""},
		"both header forms add up":              {v1, `{"statusCode":200,"headers":{"a":"1","b":"2"},"multiValueHeaders":{"A":["1","3"]}}`, 200, http.Header{"A": {"1", "3"}, "B": {"2"}}, ""},
		"cookies become Set-Cookie":             {v2, `{"statusCode":200,"cookies":["a=1","b=2"]}`, 200, http.Header{"Set-Cookie": {"a=1", "b=2"}}, ""},
		"payload 2.0 has no multiValueHeaders":  {v2, `{"statusCode":200,"multiValueHeaders":{"a":["1"]},"other":1}`, 200, http.Header{}, ""},
		"payload 2.0 without a statusCode":      {v2, `{"body":"x"}`, 200, http.Header{"Content-Type": {"application/json"}}, `{"body":"x"}`},
		"payload 2.0 of a string":               {v2, `"hello"`, 200, http.Header{"Content-Type": {"application/json"}}, `hello`},
		"payload 2.0 of an array":               {v2, `[1]`, 200, http.Header{"Content-Type": {"application/json"}}, `[1]`},
		"base64 is decoded":                     {append(v2, v1...), `{"statusCode":200,"headers":{"content-type":"a/b"},"body":"AP8=","isBase64Encoded":true}`, 200, http.Header{"Content-Type": {"a/b"}}, "\x00\xff"},
		"the front door writes the length":      {append(v2, v1...), `{"statusCode":200,"headers":{"content-length":"7","connection":"close"}}`, 200, http.Header{}, ""},
		"a 304 has no body":                     {append(v2, v1...), `{"statusCode":304,"body":"x"}`, 304, http.Header{}, ""},
		"ALB looks at single values alone":      {alb[:1], `{"statusCode":200,"headers":{"a":"1"},"multiValueHeaders":{"b":["2"]}}`, 200, http.Header{"A": {"1"}}, ""},
		"ALB multi looks at the lists alone":    {alb[1:], `{"statusCode":200,"headers":{"a":"1"},"multiValueHeaders":{"b":["2"]}}`, 200, http.Header{"B": {"2"}}, ""},
		"ALB sends names that differ in case":   {alb[:1], `{"statusCode":200,"headers":{"set-cookie":"b=1","Set-cookie":"a=2"}}`, 200, http.Header{"Set-Cookie": {"b=1", "a=2"}}, ""},
		"ALB with a description":                {alb, `{"statusCode":200,"statusDescription":"200 OK",` + anyHeader + `}`, 200, http.Header{}, ""},
		"ALB without a type is bytes":           {alb, `{"statusCode":200,"body":"x",` + anyHeader + `}`, 200, http.Header{"Content-Type": {"application/octet-stream"}}, "x"},
		"ALB passes over members that are new":  {alb, `{"statusCode":200,"cookies":["a=1"],` + anyHeader + `}`, 200, http.Header{}, ""},
		"the last of duplicate members counts":  {append(v2, v1...), `{"statusCode":200,"statusCode":201}`, 201, http.Header{}, ""},
		"a list of several values of a header":  {v1, `{"statusCode":200,"multiValueHeaders":{"set-cookie":["a=1","b=2"]}}`, 200, http.Header{"Set-Cookie": {"a=1", "b=2"}}, ""},
		"an HTTP API's body without a type":     {[]awsevent.Format{awsevent.HTTPAPI, awsevent.HTTPAPIv1}, `{"statusCode":200,"body":"x"}`, 200, http.Header{"Content-Type": {"text/plain;charset=UTF-8"}}, "x"},
		"a function URL's body without a type":  {v2[1:], `{"statusCode":200,"body":"x"}`, 200, http.Header{"Content-Type": {"application/json"}}, "x"},
		"payload 2.0 with null as a statusCode": {v2, `{"statusCode":null}`, 200, http.Header{"Content-Type": {"application/json"}}, `{"statusCode":null}`},
	} {
		for _, format := range c.formats {
			t.Run(name+"/"+string(format), func(t *testing.T) {
				r, err := awsevent.ReadResponse(format, []byte(c.payload))
				if err != nil || r.Status != c.status || !reflect.DeepEqual(r.Header, c.header) || string(r.Body) != c.body {
					t.Errorf("got %d %v %q, %v", r.Status, r.Header, r.Body, err)
				}
			})
		}
	}
}

func TestResponsesThatAreRefused(t *testing.T) {
	all := awsevent.Formats()
	for name, c := range map[string]struct {
		formats []awsevent.Format
		payload string
		says    string
	}{
		"no JSON":                           {all, `{"statusCode":200`, "no JSON"},
		"nothing":                           {all, ``, "no JSON"},
		"a bare string":                     {append(v1, alb...), `"hello"`, "no JSON object"},
		"an unknown member":                 {v1[:1], `{"statusCode":200,"cookies":[]}`, `"cookies"`},
		"a list that is none":               {v1, `{"statusCode":200,"multiValueHeaders":{"a":"1"}}`, `multiValueHeaders have for "a" no array`},
		"headers that are no object":        {append(v1, v2...), `{"statusCode":200,"headers":["a"]}`, "headers are no object"},
		"a header that is a list":           {append(v1, v2...), `{"statusCode":200,"headers":{"a":["1"]}}`, `"a" neither text nor a number`},
		"a statusCode that is no number":    {all, `{"statusCode":"OK",` + anyHeader + `}`, "statusCode"},
		"a statusCode out of range":         {all, `{"statusCode":42,` + anyHeader + `}`, "statusCode"},
		"a statusCode just too low":         {all, `{"statusCode":99,` + anyHeader + `}`, "statusCode"},
		"a statusCode just too high":        {all, `{"statusCode":600,` + anyHeader + `}`, "statusCode"},
		"a fraction":                        {all, `{"statusCode":200.5,` + anyHeader + `}`, "statusCode"},
		"ALB with a statusCode in quotes":   {alb, `{"statusCode":"200",` + anyHeader + `}`, "statusCode"},
		"no statusCode":                     {append(alb, awsevent.HTTPAPIv1), `{` + anyHeader + `}`, "no statusCode"},
		"ALB's description without a code":  {alb, `{"statusCode":200,"statusDescription":"OK",` + anyHeader + `}`, "statusDescription"},
		"ALB's description of another code": {alb, `{"statusCode":200,"statusDescription":"201 Created",` + anyHeader + `}`, "statusDescription"},
		"ALB multi without lists":           {alb[1:], `{"statusCode":200,"headers":{}}`, "multiValueHeaders"},
		"a body that is an object":          {all, `{"statusCode":200,"body":{},` + anyHeader + `}`, "body"},
		"a body that is no base64":          {all, `{"statusCode":200,"body":"?","isBase64Encoded":true,` + anyHeader + `}`, "base64"},
		"an isBase64Encoded in quotes":      {all, `{"statusCode":200,"isBase64Encoded":"true",` + anyHeader + `}`, "isBase64Encoded"},
		"cookies that are no list":          {v2, `{"statusCode":200,"cookies":"a=1"}`, "cookies"},
		"too much":                          {all, `"` + strings.Repeat("x", 7_000_000) + `"`, "bytes"},
		"too much for a load balancer":      {alb, `"` + strings.Repeat("x", 1<<20) + `"`, "bytes"},
	} {
		for _, format := range c.formats {
			t.Run(name+"/"+string(format), func(t *testing.T) {
				r, err := awsevent.ReadResponse(format, []byte(c.payload))
				var refusal *awsevent.RefusalError
				if !errors.As(err, &refusal) || refusal.Format != format || !strings.Contains(err.Error(), c.says) {
					t.Fatalf("got %v, want a refusal with %q", err, c.says)
				}
				if !reflect.DeepEqual(r, awsevent.Failed(format)) || r.Status < 500 {
					t.Errorf("the client gets %d %s", r.Status, r.Body)
				}
			})
		}
	}
}

// What a client of each front door gets when the function failed, word for word.
func TestFailuresLookAsTheFrontDoorWritesThem(t *testing.T) {
	for format, c := range map[awsevent.Format]struct {
		status int
		kind   string
		says   string
	}{
		awsevent.REST:        {502, "application/json", `{"message": "Internal server error"}`},
		awsevent.HTTPAPIv1:   {500, "application/json", `{"message":"Internal Server Error"}`},
		awsevent.HTTPAPI:     {500, "application/json", `{"message":"Internal Server Error"}`},
		awsevent.FunctionURL: {502, "application/json", `{"Message":null}`},
		awsevent.ALB:         {502, "text/html", "502 Bad Gateway"},
		awsevent.ALBMulti:    {502, "text/html", "502 Bad Gateway"},
	} {
		t.Run(string(format), func(t *testing.T) {
			r := awsevent.Failed(format)
			if r.Status != c.status || r.Header.Get("Content-Type") != c.kind || !strings.Contains(string(r.Body), c.says) {
				t.Errorf("got %d %v %s", r.Status, r.Header, r.Body)
			}
		})
	}
}

// The limits are Lambda's 6 291 556 bytes and a load balancer's 1 MB.
func TestTheLargestResponseIsTaken(t *testing.T) {
	for _, format := range awsevent.Formats() {
		limit := 6_291_556
		if slices.Contains(alb, format) {
			limit = 1 << 20
		}
		payload := `{"statusCode":200,` + anyHeader + `,"body":"`
		payload += strings.Repeat("x", limit-len(payload)-len(`"}`)) + `"}`
		if _, err := awsevent.ReadResponse(format, []byte(payload)); err != nil {
			t.Errorf("%s refuses %d bytes: %v", format, limit, err)
		}
		if _, err := awsevent.ReadResponse(format, []byte(payload+" ")); err == nil {
			t.Errorf("%s takes %d bytes", format, limit+1)
		}
	}
}

func TestAnUnknownFormatIsNoRefusal(t *testing.T) {
	var refusal *awsevent.RefusalError
	if _, err := awsevent.ReadResponse("http", []byte(`{}`)); err == nil || errors.As(err, &refusal) {
		t.Errorf("got %v", err)
	}
}

func FuzzReadResponse(f *testing.F) {
	f.Add([]byte(`{"statusCode":200,"headers":{"a":"1"},"multiValueHeaders":{"b":["2"]},"cookies":["c=3"],"body":"eA==","isBase64Encoded":true}`))
	f.Add([]byte(`"text"`))
	f.Add([]byte(`{"statusCode":"200","headers":{"a":1e400,"b":"\ud800"},"statusDescription":"200 OK"}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		for _, format := range awsevent.Formats() {
			r, err := awsevent.ReadResponse(format, payload)
			switch {
			case err != nil && !reflect.DeepEqual(r, awsevent.Failed(format)):
				t.Errorf("%s refuses it with %d", format, r.Status)
			case err == nil && (r.Status < 100 || r.Status > 599 || r.Header == nil):
				t.Errorf("%s takes it with %d %v", format, r.Status, r.Header)
			case err == nil && format == awsevent.REST && !json.Valid(payload) && !strings.ContainsRune(string(payload), '\ufffd'):
				t.Errorf("%s takes what is no JSON: %q", format, payload)
			}
		}
	})
}
