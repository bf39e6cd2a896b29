//go:build !post

package main

import (
	"net/url"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/benchmarks/internal/byhand"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

func answer(e events.APIGatewayV2HTTPRequest) (int, any) {
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
