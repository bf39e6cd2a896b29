package fnlambda

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/fn"
)

// reportTime bounds the report: the process has nothing else to do, and
// Lambda's init phase is 10 seconds.
const reportTime = 2 * time.Second

// reportInit tells Lambda that the init failed, and why. aws-lambda-go has no
// call for it. Source: "Initialization error" in "Using the Lambda runtime API
// for custom runtimes", version 2018-06-01.
func reportInit(ctx context.Context, api string, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reportTime)
	defer cancel()
	kind := initErrorType(cause)
	body, err := json.Marshal(struct {
		Message string   `json:"errorMessage"`
		Type    string   `json:"errorType"`
		Stack   []string `json:"stackTrace"`
	}{cause.Error(), kind, []string{}})
	if err != nil {
		return fmt.Errorf("report the failed init: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+api+"/2018-06-01/runtime/init/error", bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("report the failed init: %w", err)
	}
	req.Header.Set("Content-Type", "application/vnd.aws.lambda.error+json")
	req.Header.Set("Lambda-Runtime-Function-Error-Type", kind)
	client := &http.Client{Transport: &http.Transport{}} // without a proxy: the API is on this machine
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("report the failed init: %w", err)
	}
	return resp.Body.Close()
}

// initErrorType names the phase that failed, in Lambda's form category.reason.
func initErrorType(err error) string {
	if _, ok := errors.AsType[*fn.SelectError](err); ok {
		return "Init.Select"
	}
	if _, ok := errors.AsType[*fn.DeclarationError](err); ok {
		return "Init.Declaration"
	}
	return "Init.Start"
}
