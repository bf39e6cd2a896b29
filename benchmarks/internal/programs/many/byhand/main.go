// The program byhand is a controller of many routes on aws-lambda-go, with the libraries
// that anygrain has: go-playground/validator, the JSON package and zerolog.
package main

import (
	"context"
	"errors"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/go-json-experiment/json"
	"github.com/go-playground/validator/v10"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/benchmarks/internal/byhand"
)

var validate = validator.New(validator.WithRequiredStructEnabled())

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

// answer finds the route: by the event's, or by the path.
func answer(e events.APIGatewayV2HTTPRequest) (int, any) {
	key := e.RouteKey
	if key == "$default" {
		service, id, _ := strings.Cut(e.RawPath, "/things/")
		key = e.RequestContext.HTTP.Method + " " + service + "/things/{id}"
		e.PathParameters = map[string]string{"id": id}
	}
	if post, ok := routes[key]; ok {
		return post(e)
	}
	return 404, byhand.Problem{Title: "Not Found", Status: 404}
}

// read reads the limit and the body, and asks the rules.
func read(e events.APIGatewayV2HTTPRequest, limit *int, in any) error {
	query, err := url.ParseQuery(e.RawQueryString)
	if err != nil {
		return err
	}
	if text := query.Get("limit"); text != "" {
		if *limit, err = strconv.Atoi(text); err != nil {
			return err
		}
	}
	if err := json.Unmarshal([]byte(e.Body), in, json.RejectUnknownMembers(true)); err != nil {
		return err
	}
	return validate.Struct(in)
}

func refuse(err error) (int, any) {
	var broken validator.ValidationErrors
	if errors.As(err, &broken) {
		return 422, byhand.Problem{Title: "Unprocessable Content", Status: 422}
	}
	return 400, byhand.Problem{Title: "Bad Request", Status: 400}
}
