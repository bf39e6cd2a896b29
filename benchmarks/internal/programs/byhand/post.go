//go:build post

package main

import (
	"encoding/json"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/benchmarks/internal/byhand"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

func answer(e events.APIGatewayV2HTTPRequest) (int, any) {
	in, err := byhand.ReadOrder(json.NewDecoder(strings.NewReader(e.Body)))
	if err != nil {
		p := byhand.NewProblem(err)
		return p.Status, p
	}
	return 200, work.Post(in)
}
