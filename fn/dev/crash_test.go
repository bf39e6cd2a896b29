package dev_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn/dev"
	"github.com/anygrain/anygrain/fn/grain"
)

// crash is the app of testdata/crash, cut by group.
func crash(t *testing.T, env ...string) dev.Config {
	t.Helper()
	units, callees := cut(t, "crash", declared("ping.next GET /ping", "pong.next", "exit.now GET /exit", "exit.both GET /both",
		"exit.pid GET /pid", "exit.stuck GET /stuck", "exit.env GET /env/{name}", "exit.large", "exit.odd GET /odd",
		"late.get GET /late", "early.get GET /early"), grain.ByGroup)
	for i := range units { // one binary for all
		units[i].Tags = []string{"lambda", "lambda.norpc", "validator_novalidatefn"}
	}
	return dev.Config{App: "crash", Package: "./testdata/crash", Units: units, Callees: callees, Env: env}
}

func TestAUnitThatCrashesIsStartedAgain(t *testing.T) {
	d, out := start(t, crash(t))
	before := get(t, d.URL()+"/pid")
	if got := get(t, d.URL()+"/exit"); got.status != 500 || got.body != `{"message":"Internal Server Error"}` {
		t.Errorf("the request that crashed it: %+v", got)
	}
	if after := get(t, d.URL()+"/pid"); after.status != 200 || after.body == before.body { // waits for the next process
		t.Errorf("got %+v after %+v", after, before)
	}
	out.wait(t, "exit crashed: exit status 3; it is started again in 100ms")
	out.wait(t, "exit failed: RequestId: ")
	out.wait(t, "Error: Runtime exited with error: exit status 3")
	out.wait(t, "exit runs again")
	get(t, d.URL()+"/exit")
	out.wait(t, "exit crashed: exit status 3; it is started again in 200ms")
}

func TestACrashFailsEverythingThatTheProcessHad(t *testing.T) {
	d, _ := start(t, crash(t))
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if got := get(t, d.URL()+"/both"); got.status != 500 {
				t.Errorf("got %+v", got)
			}
		})
	}
	both.Wait()
}

func TestAUnitThatCannotStartSaysWhyAndIsTriedAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "required")
	d, out := start(t, crash(t, "CRASH_REQUIRED="+file, "CRASH_EARLY=true"))
	out.wait(t, "late cannot start: ")
	out.wait(t, "the file is not there yet")
	out.wait(t, "early ended before it took an event: exit status 5; it is tried again in")
	for _, path := range []string{"/late", "/early"} {
		if got := get(t, d.URL()+path); got.status != 500 {
			t.Errorf("%s: %+v", path, got)
		}
	}
	if got := get(t, d.URL()+"/pid"); got.status != 200 {
		t.Errorf("the others: %+v", got)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	out.wait(t, "late runs again")
	if got := get(t, d.URL()+"/late"); got.status != 200 || got.body != "better late" {
		t.Errorf("got %+v", got)
	}
}

// TestUnitsThatCallEachOtherDoNotBlock: with one event at a time a unit that
// is called by itself, through another, would wait for itself.
func TestUnitsThatCallEachOtherDoNotBlock(t *testing.T) {
	d, _ := start(t, crash(t))
	if got := get(t, d.URL()+"/ping?left=6"); got.status != 200 || got.body != "ping pong ping pong ping pong ping" {
		t.Errorf("got %+v", got)
	}
	var many sync.WaitGroup
	for range 60 { // more than there are slots
		many.Go(func() {
			if got := get(t, d.URL()+"/ping?left=2"); got.status != 200 {
				t.Errorf("got %+v", got)
			}
		})
	}
	many.Wait()
}

func TestAUnitSeesWhatLambdaSets(t *testing.T) {
	c := crash(t, "AWS_REGION=eu-west-1", "FROM_OUTSIDE=seen", "AWS_ACCESS_KEY_ID=", "AWS_SESSION_TOKEN=stale")
	d, _ := start(t, c)
	for name, want := range map[string]string{
		"_HANDLER": "exit.*", "AWS_LAMBDA_FUNCTION_NAME": "crash-exit", "AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1",
		"ANYGRAIN_CALLEES": "*=lambda:crash-{group}", "AWS_ENDPOINT_URL_LAMBDA": d.Endpoint(), "FROM_OUTSIDE": "seen",
		"AWS_ACCESS_KEY_ID": "dev", "AWS_SESSION_TOKEN": "",
	} {
		if got := get(t, d.URL()+"/env/"+name); got.body != want {
			t.Errorf("%s is %q, want %q", name, got.body, want)
		}
	}
}

func TestAFunctionThatDoesNotAnswerInTime(t *testing.T) {
	c := crash(t)
	c.Timeout = 200 * time.Millisecond
	d, out := start(t, c)
	if got := get(t, d.URL()+"/stuck"); got.status != 503 || got.body != `{"message":"Service Unavailable"}` {
		t.Errorf("over HTTP: %+v", got)
	}
	got := invoke(t, d, "crash-exit", `{"function":"exit.stuck"}`)
	if got.status != 200 || got.header.Get("X-Amz-Function-Error") != "Unhandled" || !strings.Contains(got.body, "Task timed out after 0.20 seconds") {
		t.Errorf("by an invoke: %+v", got)
	}
	out.wait(t, "exit did not answer within 200ms")
}

func TestWhatIsNoResponse(t *testing.T) {
	d, _ := start(t, crash(t))
	if got := get(t, d.URL()+"/odd"); got.status < 500 {
		t.Errorf("got %+v", got)
	}
	got := invoke(t, d, "crash-exit", `{"function":"exit.large"}`)
	if got.header.Get("X-Amz-Function-Error") != "Unhandled" {
		t.Errorf("too large: %d %v", got.status, got.header)
	}
}

// invoke invokes the function through Lambda's API.
func invoke(t *testing.T, d *dev.Deployment, function, payload string, header ...string) response {
	t.Helper()
	return do(t, invokeRequest(t, d, function, payload, header...))
}

func invokeRequest(t *testing.T, d *dev.Deployment, function, payload string, header ...string) *http.Request {
	t.Helper()
	signed := append([]string{"Authorization", "AWS4-HMAC-SHA256 Credential=dev/20261123/us-east-1/lambda/aws4_request"}, header...)
	return request(t, "POST", d.Endpoint()+"/2015-03-31/functions/"+function+"/invocations", payload, signed...)
}

func TestInvokesAreLambdas(t *testing.T) {
	d, _ := start(t, crash(t))
	const arn = "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Acrash-ping"
	for name, c := range map[string]struct {
		function, payload string
		header            []string
		status            int
		kind, body        string // X-Amzn-Errortype, part of the body
	}{
		"by name":                   {"crash-ping", `{"left":1}`, nil, 200, "", `"ping pong"`},
		"by ARN":                    {arn, `{"left":0}`, nil, 200, "", `"ping"`},
		"by ARN and version":        {arn + "%3A$LATEST", `{"left":0}`, nil, 200, "", `"ping"`},
		"in an envelope":            {"crash-ping", `{"function":"ping.next","in":{"left":0}}`, nil, 200, "", `"ping"`},
		"without a payload":         {"crash-ping", "", nil, 200, "", `"ping"`},
		"an alias":                  {"crash-ping:live", `{}`, nil, 404, "ResourceNotFoundException", "function:crash-ping:live"},
		"a qualifier":               {"crash-ping/invocations?Qualifier=7&x=", `{}`, nil, 404, "ResourceNotFoundException", "function:crash-ping:7"},
		"an unknown function":       {"crash-nope", `{}`, nil, 404, "ResourceNotFoundException", `"Function not found: arn:aws:lambda:us-east-1:123456789012:function:crash-nope"`},
		"a payload that is no JSON": {"crash-ping", `{`, nil, 400, "InvalidRequestContentException", "Could not parse"},
		"a payload too large":       {"crash-ping", `"` + strings.Repeat("x", 6<<20) + `"`, nil, 413, "RequestTooLargeException", "6291456"},
		"without a signature":       {"crash-ping", `{}`, []string{"Authorization", ""}, 403, "MissingAuthenticationTokenException", "Missing Authentication Token"},
		"as an event":               {"crash-ping", `{}`, []string{"X-Amz-Invocation-Type", "Event"}, 400, "InvalidParameterValueException", "RequestResponse"},
		"a context that is none":    {"crash-ping", `{}`, []string{"X-Amz-Client-Context", "%"}, 400, "InvalidRequestContentException", "Client context"},
	} {
		t.Run(name, func(t *testing.T) {
			got := invoke(t, d, c.function, c.payload, c.header...)
			if got.status != c.status || got.header.Get("X-Amzn-Errortype") != c.kind || !strings.Contains(got.body, c.body) {
				t.Errorf("got %d %v %.300s", got.status, got.header, got.body)
			}
		})
	}
	t.Run("a function that fails", func(t *testing.T) {
		got := invoke(t, d, "crash-exit", `{"function":"exit.nope"}`)
		if got.status != 200 || got.header.Get("X-Amz-Function-Error") != "Unhandled" || !strings.Contains(got.body, `"errorMessage"`) {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("a function that ends its process", func(t *testing.T) {
		got := invoke(t, d, "crash-exit", `{"function":"exit.now"}`)
		if got.status != 200 || got.header.Get("X-Amz-Function-Error") != "Unhandled" || !strings.Contains(got.body, `"errorType":"Runtime.ExitError"`) {
			t.Errorf("got %+v", got)
		}
	})
}
