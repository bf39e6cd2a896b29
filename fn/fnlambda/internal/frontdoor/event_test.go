package frontdoor

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// FuzzEventIsReadAsBySlowTwin holds the reading of events to one with jsontext:
// for any bytes, whether it is JSON and a front door's event, and all that it says.
func FuzzEventIsReadAsBySlowTwin(f *testing.F) {
	for _, text := range wireEvents(f) {
		f.Add(text)
	}
	f.Fuzz(compareEvent)
}

// wireEvents are the events of the wire cases, and what those do not have.
func wireEvents(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../../testdata/wire/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no wire cases: %v", err)
	}
	var events []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, event, _ := strings.Cut(string(text), "-- event --\n")
		event, _, _ = strings.Cut(event, "-- seen --")
		events = append(events, event)
	}
	return events
}

const (
	someV2   = `"version":"2.0","rawPath":"/","requestContext":{"http":{"method":"GET"}}`
	someREST = `"resource":"/a","path":"/a","httpMethod":"GET","requestContext":{"identity":{"sourceIp":"1"}}`
	someALB  = `"path":"/a","httpMethod":"GET","requestContext":{"elb":{}}`
)

func TestEventIsReadAsBySlowTwin(t *testing.T) {
	events := append(wireEvents(t), eventsWithManyNames()...)
	for _, front := range []string{someV2, someREST, someALB, `"version":"1.0",` + someREST} {
		for _, more := range []string{
			``, `,"x":[1,{"y":null}]`, `,"x":01`, `,`, `,"body":null`, `,"body":""`, `,"body":"a\n\u00e9\ud83d\ude00 é"`, `,"body":1`, `,"body":"\ud83d"`, `,"body":"`,
			`,"isBase64Encoded":true,"body":"YWI="`, `,"isBase64Encoded":true,"body":"YWI\u003d"`, `,"isBase64Encoded":true,"body":"YW"`, `,"isBase64Encoded":true,"body":"YWI\n="`, `,"isBase64Encoded":1`,
			`,"body":"a\n","body":"b"`, `,"body":"a","body":"b\n"`, `,"body":"a\n","body":null`, `,"body":"a","body":"b\nc","body":"\td"`, `,"isBase64Encoded":true,"isBase64Encoded":null,"body":"YQ=="`,
			`,"headers":{"A":"1","b":null,"B":"2","a":"3","C\u0064":"4","é":"5","É":"6","\u212aey":"7","kEY":"8","n":""}`, `,"headers":null`, `,"headers":[]`, `,"headers":{"a":1}`, `,"headers":{"a":[{}]}`,
			`,"headers":{"a":"1","b":"2","c":"3"},"multiValueHeaders":{"A":["4",null,"5"],"B":[],"d":["6"]}`, `,"multiValueHeaders":{"a":"1"}`, `,"multiValueHeaders":{"a":[1]}`,
			`,"headers":{"a":"1"},"headers":{"a":"2"}`, `,"headers":{"a":["1","2"],"cookie":"x"},"cookies":["b=c","d\u0065=f",null]`, `,"cookies":[]`, `,"cookies":null`, `,"cookies":"a"`, `,"cookies":[1]`,
			`,"queryStringParameters":{"a":"1&2","b":"3","A":"4","":""},"multiValueQueryStringParameters":{"b":["5","é"],"a":[],"\u0063":[null]}`, `,"queryStringParameters":{"a":false}`,
			`,"pathParameters":{"Proxy":"a/b","id":"\u0037"}`, `,"pathParameters":{"a":["1"]}`, `,"rawQueryString":"a=b\u0026c"`, `,"version":null`, `,"path":"/b"`, `,"path":7`, `,"methodArn":""`,
			`,"requestContext":null`, `,"requestContext":{"stage":"prod","domainName":"a.lambda-url.b","path":"/p","http":null}`, `,"requestContext":{"connectionId":"1"}`, `,"requestContext":[]`, `,"requestContext":{"http":1}`,
		} {
			events = append(events, "{"+front+more+"}", "{"+strings.TrimPrefix(more+",", ",")+front+"} trailing", "{"+front+more)
		}
	}
	for _, event := range append(events, ``, `[]`, `"requestContext"`, `null`, ` {} `) {
		compareEvent(t, event)
	}
}

// eventsWithManyNames have more names than there is memory for at once, in maps
// that come once, and twice with others between them.
func eventsWithManyNames() []string {
	object := func(from, to int, value string) string {
		var members []string
		for i := range to - from {
			members = append(members, fmt.Sprintf(`"n%d":`, from+i)+value)
		}
		return "{" + strings.Join(members, ",") + "}"
	}
	var events []string
	for _, n := range []int{0, 1, 17, 18, 35, 36, 37, 80} {
		single, multi := object(0, n, `"a"`), object(n/2, n, `["b","c"]`)
		events = append(events,
			`{"headers":`+single+`,"multiValueHeaders":`+multi+`,"queryStringParameters":`+single+`,"multiValueQueryStringParameters":`+multi+`,"pathParameters":`+single+`,`+someREST+`}`,
			`{"headers":`+object(0, n, `"a"`)+`,"pathParameters":`+single+`,"headers":`+object(0, 3, `"d"`)+`,"queryStringParameters":{"q":"r"},`+someV2+`}`)
	}
	return events
}

func compareEvent(t *testing.T, text string) {
	want, err := readSlowly(text)
	got := Event{Request: &Request{}}
	if ok := got.Read(text); ok != (err == nil) {
		t.Fatalf("%s\nis read: %v; jsontext says %v", text, ok, err)
	}
	if err != nil || want == nil {
		if got.Format != Unknown && err == nil {
			t.Fatalf("%s\nis of the format %d, want Unknown", text, got.Format)
		}
		return
	}
	same := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n%s: got %q, want %q", text, what, got, want)
		}
	}
	same("format", got.Format, want.Format)
	same("context", got.context, want.context)
	same("members", got.has, want.has)
	same("texts", []string{got.version, got.routeKey, got.rawPath, got.rawQuery, got.resource, got.path, got.Method},
		[]string{want.version, want.routeKey, want.rawPath, want.rawQuery, want.resource, want.path, want.Method})
	same("query", got.Query(), want.queryText)
	compareFields(same, &got, want)
	body, err := got.Body()
	wantBody, wantErr := want.body()
	if same("body is bad", err != nil, wantErr != nil); err == nil {
		same("body", string(body), string(wantBody))
	}
}

// compareFields looks up all names that there are, in several spellings.
func compareFields(same func(what string, got, want any), got *Event, want *slowEvent) {
	var names []string
	for _, f := range want.fields {
		names = append(names, f.name)
	}
	same("names of headers", slices.Clip(append([]string(nil), got.HeaderNames()...)), names)
	for _, f := range slices.Concat(want.fields, want.parameters, slowFields{{name: "X-Absent"}, {name: "Cookie"}, {name: "key"}, {name: "\u212aey"}}) {
		for _, name := range []string{f.name, strings.ToUpper(f.name), strings.ToLower(f.name)} {
			values := want.fields.get(strings.EqualFold, name)
			same("header "+name, got.HeaderValues(name), values)
			same("path parameter "+name, got.pathParameters.get(name), want.parameters.get(strings.EqualFold, name))
			if !strings.EqualFold(name, "Cookie") && len(values) > 0 {
				same("first of header "+name, got.header.first(name), values[0])
			}
		}
	}
}
