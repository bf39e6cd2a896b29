package dev

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// The limits of Lambda's Invoke (AWS Lambda quotas).
const (
	maxPayload = 6 << 20
	invokeTime = 30 * time.Second
)

// invokes is the part of Lambda's API by which units call each other: Invoke,
// synchronously. Signatures are not looked at.
type invokes struct{ units map[string]*unit }

// ServeHTTP answers one Invoke (AWS Lambda API reference, Invoke).
func (h *invokes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, ok := functionName(r)
	u := h.units[name]
	if !ok || u == nil {
		refuse(w, http.StatusNotFound, "ResourceNotFoundException", fmt.Sprintf("Function not found: %s", name))
		return
	}
	payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPayload))
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, "RequestTooLargeException", err.Error())
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), invokeTime)
	defer cancel()
	deadline, _ := ctx.Deadline()
	result, err := u.invoke(ctx, runtimeapi.Invocation{
		Payload: payload, RequestID: newID(), Deadline: deadline, TraceID: r.Header.Get("X-Amzn-Trace-Id"), FunctionARN: arn(u.Name),
	})
	if err != nil {
		refuse(w, http.StatusInternalServerError, "ServiceException", err.Error())
		return
	}
	if result.ErrorType != "" {
		w.Header().Set("X-Amz-Function-Error", result.ErrorType)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(result.Payload)
}

// functionName takes the name out of /2015-03-31/functions/NAME/invocations.
func functionName(r *http.Request) (string, bool) {
	rest, ok := strings.CutPrefix(r.URL.EscapedPath(), "/2015-03-31/functions/")
	if !ok || r.Method != http.MethodPost {
		return "", false
	}
	name, ok := strings.CutSuffix(rest, "/invocations")
	if !ok {
		return "", false
	}
	name, err := url.PathUnescape(name)
	return name, err == nil
}

// newID returns the id of an invoke: a UUID of version 4 (RFC 9562 section 5.4).
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails (crypto/rand)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func arn(unit string) string { return "arn:aws:lambda:us-east-1:000000000000:function:" + unit }

// refuse answers with one of Lambda's own errors.
func refuse(w http.ResponseWriter, status int, kind, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Amzn-ErrorType", kind)
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"Type":"User","Message":%q}`, message)
}
