// The program hello is the smallest function of aws-lambda-go. The tags
// with_zerolog, with_json and with_validator link a library in, to see what it
// costs.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(func(context.Context) (string, error) { return "hello", nil })
}
