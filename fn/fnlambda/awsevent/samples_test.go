package awsevent_test

import (
	"encoding/json"
	"go/build"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// The samples that AWS ships with aws-lambda-go, and the members in which an
// event of ours may differ from them: what depends on the account's settings,
// and what AWS sends although the samples leave it out.
var shapes = map[string]struct {
	format  awsevent.Format
	request awsevent.Request
	others  []string
}{
	"apigw-request.json": {awsevent.REST, posted("/hello/world?name=me"), []string{
		"requestContext.authorizer", "requestContext.identity.apiKey", "requestContext.identity.apiKeyId", "requestContext.identity.clientCert",
		"requestContext.deploymentId", "requestContext.identity.principalOrgId", // both in the guide's example of payload 1.0
		"isBase64Encoded",
	}},
	"apigw-v2-request-no-authorizer.json": {awsevent.HTTPAPI, awsevent.Request{}, []string{"requestContext.authentication"}},
	"apigw-v2-request-iam.json": {awsevent.HTTPAPI, posted("/my/path?parameter1=value1"), []string{
		"requestContext.authentication", "requestContext.authorizer", "pathParameters", "stageVariables",
	}},
	"lambda-urls-request.json": {awsevent.FunctionURL, posted("/my/path?parameter1=value1"), []string{
		"requestContext.authorizer",
		"routeKey", "requestContext.routeKey", "requestContext.stage", // in the guide's example, "$default"
	}},
	"alb-lambda-target-request-headers-only.json":       {awsevent.ALB, awsevent.Request{Target: "/?key=hello"}, nil},
	"alb-lambda-target-request-multivalue-headers.json": {awsevent.ALBMulti, awsevent.Request{Target: "/?key=hello"}, nil},
}

func posted(target string) awsevent.Request {
	return awsevent.Request{Method: "POST", Target: target, Body: []byte("{}"),
		Header: http.Header{"Content-Type": {"application/json"}, "Cookie": {"a=1"}}}
}

func TestEventsHaveTheShapeOfAWSSamples(t *testing.T) {
	for name, c := range shapes {
		t.Run(name, func(t *testing.T) {
			want, got := keys(t, "", sample(t, name)), keys(t, "", eventOf(t, c.format, c.request))
			for _, key := range difference(want, got, c.others) {
				t.Errorf("%s is in AWS's sample and not in ours", key)
			}
			for _, key := range difference(got, want, c.others) {
				t.Errorf("%s is in ours and not in AWS's sample", key)
			}
		})
	}
}

func eventOf(t *testing.T, format awsevent.Format, r awsevent.Request) []byte {
	t.Helper()
	payload, err := awsevent.New(format, r)
	if err != nil {
		t.Fatal(err)
	}
	return payload
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	p, err := build.Import("github.com/aws/aws-lambda-go/events", ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(p.Dir, "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// keys lists the members of the event and of its context. What is below is the
// client's: headers, parameters.
func keys(t *testing.T, prefix string, data []byte) []string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatal(err)
	}
	var all []string
	for name, value := range members {
		all = append(all, prefix+name)
		switch name {
		case "requestContext", "http", "identity", "elb":
			all = append(all, keys(t, prefix+name+".", value)...)
		}
	}
	return all
}

func difference(a, b, others []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(key string) bool {
		return slices.Contains(b, key) || slices.Contains(others, key) ||
			slices.ContainsFunc(others, func(other string) bool { return len(key) > len(other) && key[:len(other)+1] == other+"." })
	})
}
