package runtimeapi

import (
	"net/http"
	"strings"
)

// extensionPrefix is the path of the Extensions API. A runtime client registers
// itself there so that it is sent SIGTERM before its end.
//
// Source: "Using the Lambda Extensions API to create extensions",
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html, version 2020-01-01.
const extensionPrefix = "/2020-01-01/extension/"

// extension takes every extension and has no event for any.
func extension(w http.ResponseWriter, r *http.Request) {
	switch path := strings.TrimPrefix(r.URL.Path, extensionPrefix); {
	case path == "register" && r.Method == http.MethodPost:
		w.Header().Set("Lambda-Extension-Identifier", "00000000-0000-4000-8000-000000000000")
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"functionName":"function","functionVersion":"$LATEST","handler":"bootstrap"}`))
	case path == "event/next" && r.Method == http.MethodGet:
		<-r.Context().Done()
	default:
		http.NotFound(w, r)
	}
}
