package dev

import (
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// answer is what came of an invoke, as Lambda's Invoke reports it.
type answer struct {
	payload []byte
	failed  bool // the function, and not Lambda; the payload says how
}

// failure is the payload of a function that failed.
type failure struct {
	Message string `json:"errorMessage"`
	Type    string `json:"errorType"`
}

// fail returns the answer for a function that failed.
func fail(kind, format string, args ...any) answer {
	payload, err := json.Marshal(failure{fmt.Sprintf(format, args...), kind})
	if err != nil { // of a string that is no UTF-8
		payload = []byte(`{"errorType":"` + kind + `"}`)
	}
	return answer{payload, true}
}

// answered is what the process posted.
func answered(r runtimeapi.Result) answer {
	if r.ErrorType == "Function.ResponseSizeTooLarge" {
		return fail(r.ErrorType, "Response payload size exceeded maximum allowed payload size (6291556 bytes).")
	}
	return answer{r.Payload, r.ErrorType != ""}
}

// exited is what an invoke gets that the process took with it.
func exited(id string, status error) answer {
	if status == nil || status.Error() == "exit status 0" {
		return fail("Runtime.ExitError", "RequestId: %s Error: Runtime exited without providing a reason", id)
	}
	return fail("Runtime.ExitError", "RequestId: %s Error: Runtime exited with error: %v", id, status)
}

// uninitialised is what an invoke gets while the process does not come up.
func uninitialised(id string, e ending) answer {
	if e.report != nil {
		return answer{e.report, true}
	}
	return exited(id, e.status)
}

// timedOut is what an invoke gets that took too long.
func timedOut(id string, timeout time.Duration) answer {
	return fail("Sandbox.Timedout", "RequestId: %s Error: Task timed out after %.2f seconds", id, timeout.Seconds())
}
