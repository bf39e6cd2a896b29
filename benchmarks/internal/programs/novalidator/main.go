// The program novalidator is the workload get on aws-lambda-go and the standard
// library, without rules: what a dependency less would save.
package main

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

func main() {
	lambda.Start(func(_ context.Context, e events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		query, err := url.ParseQuery(e.RawQueryString)
		if err != nil {
			return events.APIGatewayV2HTTPResponse{StatusCode: 400}, nil
		}
		limit, err := strconv.Atoi(query.Get("limit"))
		if err != nil {
			return events.APIGatewayV2HTTPResponse{StatusCode: 400}, nil
		}
		body, err := json.Marshal(work.Get(work.GetInput{ID: e.PathParameters["id"], Tags: query["tag"], Limit: limit, Tenant: e.Headers["x-tenant"]}))
		if err != nil {
			return events.APIGatewayV2HTTPResponse{}, err
		}
		return events.APIGatewayV2HTTPResponse{StatusCode: 200, Headers: map[string]string{"Content-Type": "application/json"}, Body: string(body)}, nil
	})
}
