package awsevent_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// captured1 is the shape of payload 1.0 as an HTTP API was seen to send it for
// a POST with curl to its default route; aws-lambda-go ships no sample of it.
// The values are left out but for the names of the header.
const captured1 = `{
	"version": "", "resource": "", "path": "", "httpMethod": "",
	"headers": {}, "multiValueHeaders": {}, "queryStringParameters": null, "multiValueQueryStringParameters": null,
	"requestContext": {
		"accountId": "", "apiId": "", "domainName": "", "domainPrefix": "", "extendedRequestId": "", "httpMethod": "",
		"identity": {
			"accessKey": null, "accountId": null, "caller": null, "cognitoAmr": null, "cognitoAuthenticationProvider": null,
			"cognitoAuthenticationType": null, "cognitoIdentityId": null, "cognitoIdentityPoolId": null, "principalOrgId": null,
			"sourceIp": "", "user": null, "userAgent": "", "userArn": null
		},
		"path": "", "protocol": "", "requestId": "", "requestTime": "", "requestTimeEpoch": 0,
		"resourceId": "", "resourcePath": "", "stage": ""
	},
	"pathParameters": null, "stageVariables": null, "body": "", "isBase64Encoded": false
}`

var capturedNames = []string{
	"Content-Length", "Content-Type", "Host", "User-Agent",
	"X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto", "accept",
}

func TestHTTPAPIWithPayload1HasTheShapeThatWasSeen(t *testing.T) {
	r := awsevent.Request{Method: "POST", Target: "/question", Body: []byte("[]"), Header: http.Header{
		"Content-Type": {"application/json"}, "User-Agent": {"curl/7.88.1"}, "Accept": {"*/*"}}}
	payload := eventOf(t, awsevent.HTTPAPIv1, r)
	got, want := keys(t, "", payload), keys(t, "", []byte(captured1))
	slices.Sort(got)
	slices.Sort(want)
	same(t, "the set of members", got, want)

	var e struct{ Headers, MultiValueHeaders map[string]any }
	if err := json.Unmarshal(payload, &e); err != nil {
		t.Fatal(err)
	}
	for _, header := range []map[string]any{e.Headers, e.MultiValueHeaders} {
		var names []string
		for name := range header {
			names = append(names, name)
		}
		slices.Sort(names)
		same(t, "the names of the header", names, capturedNames)
	}
}
