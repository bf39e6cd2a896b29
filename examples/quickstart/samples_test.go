package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// samples returns the directory of the sample events that AWS publishes with
// aws-lambda-go.
func samples(t *testing.T) string {
	t.Helper()
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/aws/aws-lambda-go").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(dir)), "events", "testdata")
}

// TestAWSsSampleEventsAreAnswered sends AWS's own samples to the built binary.
// The samples ask for paths that the shop does not have, apart from "/".
func TestAWSsSampleEventsAreAnswered(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a binary")
	}
	const (
		page    = `"statusCode":200`
		missing = `"statusCode":404`
		problem = `application/problem+json`
	)
	tests := map[string][]string{ // parts of the response
		"apigw-request.json":                                {missing, `"multiValueHeaders"`, problem},
		"apigw-restapi-openapi-request.json":                {missing, `"multiValueHeaders"`, problem},
		"apigw-v2-request-iam.json":                         {missing, `"headers"`, problem},
		"apigw-v2-request-jwt-authorizer.json":              {missing, `"headers"`, problem},
		"apigw-v2-request-lambda-authorizer.json":           {missing, `"headers"`, problem},
		"apigw-v2-request-no-authorizer.json":               {page, `text/html; charset=utf-8`, "Flat white"},
		"lambda-urls-request.json":                          {missing, `"headers"`, problem},
		"alb-lambda-target-request-headers-only.json":       {page, `"statusDescription":"200 OK"`, `"headers"`, "Flat white"},
		"alb-lambda-target-request-multivalue-headers.json": {page, `"statusDescription":"200 OK"`, `"multiValueHeaders"`, "Flat white"},
	}
	for _, name := range httpSamples(t) {
		if tests[name] == nil {
			t.Errorf("%s is not sent to the shop", name)
		}
	}
	api := lambda(t, build(t, "lambda,lambda.norpc,validator_novalidatefn"), "bootstrap")
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			result := sendSample(t, api, name)
			if result.ErrorType != "" {
				t.Fatalf("the function failed: %s", result.Payload)
			}
			for _, part := range want {
				if !strings.Contains(string(result.Payload), part) {
					t.Errorf("%s is not in %s", part, result.Payload)
				}
			}
		})
	}
}

// httpSamples lists the samples of HTTP requests by their names, so that one
// that a new version of aws-lambda-go adds is not passed over.
func httpSamples(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"apigw-request*", "apigw-restapi*-request*", "apigw-v2-request*", "alb-*-request*", "lambda-urls-request*"} {
		found, err := filepath.Glob(filepath.Join(samples(t), pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v, %v", pattern, found, err)
		}
		for _, path := range found {
			all = append(all, filepath.Base(path))
		}
	}
	return all
}

// TestEventsThatAreNoRequestsAreRefusedInWords sends samples of other
// triggers; the process lives on.
func TestEventsThatAreNoRequestsAreRefusedInWords(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a binary")
	}
	tests := map[string]string{ // what the error says it saw
		"sqs-event.json": "aws:sqs", "s3-event.json": "aws:s3", "dynamodb-event.json": "aws:dynamodb",
		"cloudwatch-alarm-sns-payload-single-metric.json": "aws:sns",
		"apigw-websocket-request.json":                    "WebSocket",
		"apigw-websocket-request-send-message.json":       "WebSocket",
		"apigw-websocket-request-disconnect.json":         "WebSocket",
		// Those of authorizers carry a method, a path and headers too.
		"apigw-custom-auth-request.json":              "Lambda authorizer",
		"apigw-custom-auth-request-type-request.json": "Lambda authorizer",
		"apigw-v2-custom-authorizer-v1-request.json":  "Lambda authorizer",
		"apigw-v2-custom-authorizer-v2-request.json":  "Lambda authorizer",
	}
	api := lambda(t, build(t, "lambda,lambda.norpc,validator_novalidatefn"), "bootstrap")
	for name, seen := range tests {
		t.Run(name, func(t *testing.T) {
			result := sendSample(t, api, name)
			var said struct {
				Type    string         `json:"errorType"`
				Message string         `json:"errorMessage"`
				Rest    map[string]any `json:",embed"`
			}
			if err := json.Unmarshal(result.Payload, &said); err != nil || result.ErrorType == "" || !strings.Contains(said.Message, seen) {
				t.Errorf("got %s %s, %v; want %q", result.ErrorType, result.Payload, err, seen)
			}
		})
	}
	if got := invokeLambda(t, api, httpEvent("GET", "/", "")); got.Status != 200 {
		t.Errorf("afterwards: %+v", got)
	}
}

func sendSample(t *testing.T, api *runtimeapi.Server, name string) runtimeapi.Result {
	t.Helper()
	event, err := os.ReadFile(filepath.Join(samples(t), name))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	result, err := api.Invoke(ctx, runtimeapi.Invocation{Payload: event})
	if err != nil {
		t.Fatal(err)
	}
	return result
}
