// The program byhand is the workload get on aws-lambda-go, with
// go-playground/validator and zerolog: the reference at cold start.
package main

import (
	"context"
	"encoding/json"
	"net/url"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/benchmarks/internal/byhand"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

func main() {
	logger := zerolog.New(os.Stderr).With().Timestamp().Logger()
	lambda.Start(func(_ context.Context, e events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		status, out := get(e)
		body, err := json.Marshal(out)
		if err != nil {
			return events.APIGatewayV2HTTPResponse{}, err
		}
		logger.Info().Str("method", e.RequestContext.HTTP.Method).Str("path", e.RawPath).Int("status", status).Msg("request")
		return events.APIGatewayV2HTTPResponse{StatusCode: status, Headers: map[string]string{"Content-Type": "application/json"}, Body: string(body)}, nil
	})
}

func get(e events.APIGatewayV2HTTPRequest) (int, any) {
	query, err := url.ParseQuery(e.RawQueryString)
	if err == nil {
		var in work.GetInput
		if in, err = byhand.ReadGet(e.PathParameters["id"], query, e.Headers["x-tenant"]); err == nil {
			return 200, work.Get(in)
		}
	}
	p := byhand.NewProblem(err)
	return p.Status, p
}
