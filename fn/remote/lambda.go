package remote

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/tenant"
)

// Credentials are what a Lambda Invoke is signed with. They are asked for at
// every call: a provider that fetches them keeps them itself. On Lambda they are
// in the environment and live as long as the process.
type Credentials = aws.CredentialsProvider

// Region is the AWS region of Lambda functions that are named without one, and
// Lambda signs invokes for.
func Region(region string) Option { return func(t *Transport) { t.region = region } }

// SignWith signs Lambda invokes with the credentials.
func SignWith(credentials Credentials) Option {
	return func(t *Transport) { t.credentials = credentials }
}

// Endpoint is the URL of Lambda's API when it is not AWS's own: of a stand-in, or
// of a VPC endpoint.
func Endpoint(url string) Option {
	return func(t *Transport) { t.endpoint = strings.TrimSuffix(url, "/") }
}

// traceKey is where aws-lambda-go keeps the trace header of an invoke. Lambda
// finds functions that call each other in circles by it.
const traceKey = "x-amzn-trace-id"

// invoke carries the call as a Lambda Invoke (AWS Lambda API reference, Invoke).
func (t *Transport) invoke(ctx context.Context, function string, payload []byte) ([]byte, error) {
	region := t.regionOf(function)
	if region == "" {
		return nil, fn.Errorf(fn.Internal, "").WithCause(errors.New("the AWS region is not known; set AWS_REGION, or name the function by its ARN"))
	}
	req, err := newRequest(ctx, t.invokeURL(region, function), payload)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-Amz-Invocation-Type", "RequestResponse")
	if trace, _ := ctx.Value(traceKey).(string); trace != "" {
		req.Header.Set("X-Amzn-Trace-Id", trace)
	}
	if id := tenant.From(ctx); id != "" {
		req.Header.Set("X-Amz-Tenant-Id", id)
	}
	if err := t.sign(req, region, payload); err != nil {
		return nil, err
	}
	resp, err := t.send(req)
	if err != nil {
		return nil, err
	}
	what := "the Lambda function " + function
	switch kind := resp.header.Get("X-Amz-Function-Error"); {
	case resp.status != http.StatusOK:
		return nil, resp.refused(what, resp.throttled())
	case kind != "":
		return nil, fmt.Errorf("%s failed (%s): %s", what, kind, excerpt(resp.body))
	}
	return resp.body, nil
}

// throttles are the reasons of Lambda's TooManyRequestsException (AWS Lambda API reference, Invoke) that
// somebody can do something about. All of them pass, so that the call is Unavailable and
// may be tried again.
var throttles = map[string]string{
	"ConcurrentInvocationLimitExceeded":                 "the account runs as many functions at a time as it may in this region; ask AWS for more, or reserve some for this function",
	"ReservedFunctionConcurrentInvocationLimitExceeded": "the function runs as often at a time as is reserved for it; reserve more",
	"FunctionInvocationRateLimitExceeded":               "the function is invoked more often than its concurrency lets it; reserve more",
	"ReservedFunctionInvocationRateLimitExceeded":       "the function is invoked more often than its reserved concurrency lets it; reserve more",
	"CallerRateLimitExceeded":                           "the account asks Lambda more often than it may",
}

// throttled says why the function was not run, as far as that is known.
func (r *response) throttled() string {
	if r.status != http.StatusTooManyRequests {
		return ""
	}
	for reason, remedy := range throttles {
		if bytes.Contains(r.body, []byte(`"`+reason+`"`)) {
			return "it is throttled, " + remedy
		}
	}
	return ""
}

// regionOf returns the region in a function's ARN, or the unit's own.
func (t *Transport) regionOf(function string) string {
	if parts := strings.Split(function, ":"); len(parts) > 5 {
		return parts[3]
	}
	return t.region
}

func (t *Transport) invokeURL(region, function string) string {
	endpoint := t.endpoint
	if endpoint == "" {
		endpoint = "https://lambda." + region + ".amazonaws.com"
		if strings.HasPrefix(region, "cn-") {
			endpoint += ".cn"
		}
	}
	name, qualifier := splitQualifier(function)
	u := endpoint + "/2015-03-31/functions/" + escape(name) + "/invocations"
	if qualifier != "" {
		u += "?Qualifier=" + url.QueryEscape(qualifier)
	}
	return u
}

// escape writes a name as AWS's own clients do: with the colons of an ARN escaped.
func escape(name string) string { return strings.ReplaceAll(url.PathEscape(name), ":", "%3A") }

// splitQualifier takes the version or alias off a name or an ARN.
func splitQualifier(function string) (name, qualifier string) {
	parts := strings.Split(function, ":")
	if n := len(parts); n == 2 || n == 8 {
		return strings.Join(parts[:n-1], ":"), parts[n-1]
	}
	return function, ""
}

// sign adds Signature Version 4 to the request.
func (t *Transport) sign(req *http.Request, region string, payload []byte) error {
	if t.credentials == nil {
		return errors.New("there are no AWS credentials; on Lambda they are in the environment, elsewhere set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	c, err := t.credentials.Retrieve(req.Context())
	if err != nil {
		return fmt.Errorf("the AWS credentials cannot be had: %w", err)
	}
	hash := sha256.Sum256(payload)
	return t.signer.SignHTTP(req.Context(), c, req, hex.EncodeToString(hash[:]), "lambda", region, t.now())
}
