// The program byhand is the workload get, or post1k with the tag post, on
// aws-lambda-go, with go-playground/validator and zerolog: the reference.
package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/rs/zerolog"
)

func main() {
	logger := zerolog.New(os.Stderr).With().Timestamp().Logger()
	lambda.Start(func(_ context.Context, e events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		status, out := answer(e)
		body, err := json.Marshal(out)
		if err != nil {
			return events.APIGatewayV2HTTPResponse{}, err
		}
		logger.Info().Str("method", e.RequestContext.HTTP.Method).Str("path", e.RawPath).Int("status", status).Msg("request")
		return events.APIGatewayV2HTTPResponse{StatusCode: status, Headers: map[string]string{"Content-Type": "application/json"}, Body: string(body)}, nil
	})
}
