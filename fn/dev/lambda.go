package dev

import (
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// invokeAPI is Lambda's Invoke for the units (AWS Lambda API reference, Invoke,
// version 2015-03-31). It wants a signature, as pages in a browser cannot send
// one unasked, and does not verify it.
type invokeAPI struct {
	units map[string]*worker // by the names of their Lambda functions
	arn   string             // of a function, without its name
}

// handler returns the API. There is nothing else in it.
func (a *invokeAPI) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /2015-03-31/functions/{name}/invocations", a.invoke)
	return mux
}

// refusal is an error of Lambda itself.
type refusal struct {
	status  int
	kind    string
	message string
}

func (a *invokeAPI) invoke(w http.ResponseWriter, r *http.Request) {
	id := newID()
	w.Header().Set("X-Amzn-Requestid", id)
	w.Header().Set("Content-Type", "application/json")
	result, refused := a.answer(w, r, id)
	if refused != nil {
		refused.write(w)
		return
	}
	if result.failed {
		w.Header().Set("X-Amz-Function-Error", "Unhandled")
	}
	w.Header().Set("X-Amz-Executed-Version", "$LATEST")
	_, _ = w.Write(result.payload)
}

func (a *invokeAPI) answer(w http.ResponseWriter, r *http.Request, id string) (answer, *refusal) {
	unit, refused := a.unit(r)
	if refused != nil {
		return answer{}, refused
	}
	payload, refused := readPayload(w, r)
	if refused != nil {
		return answer{}, refused
	}
	clientContext, err := base64.StdEncoding.DecodeString(r.Header.Get("X-Amz-Client-Context"))
	if err != nil {
		return answer{}, &refusal{http.StatusBadRequest, "InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object."}
	}
	release, err := unit.slots.call()
	if err == nil {
		trace := or(r.Header.Get("X-Amzn-Trace-Id"), newTrace())
		var result answer
		result, err = unit.invoke(r.Context(), event{payload, id, trace, string(clientContext)}, release)
		if err == nil || errors.Is(err, errTimeout) {
			return result, nil
		}
	}
	if errors.Is(err, errThrottled) {
		return answer{}, &refusal{http.StatusTooManyRequests, "TooManyRequestsException", "Rate Exceeded."}
	}
	return answer{}, &refusal{http.StatusInternalServerError, "ServiceException", err.Error()}
}

// unit finds the function, which a client names as such or by its ARN.
func (a *invokeAPI) unit(r *http.Request) (*worker, *refusal) {
	if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ") {
		return nil, &refusal{http.StatusForbidden, "MissingAuthenticationTokenException", "Missing Authentication Token"}
	}
	if kind := r.Header.Get("X-Amz-Invocation-Type"); kind != "" && kind != "RequestResponse" {
		return nil, &refusal{http.StatusBadRequest, "InvalidParameterValueException", "this stand-in for Lambda knows the invocation type RequestResponse alone"}
	}
	name, qualifier := splitName(r.PathValue("name"))
	qualifier = or(r.URL.Query().Get("Qualifier"), qualifier)
	if unit, ok := a.units[name]; ok && (qualifier == "" || qualifier == "$LATEST") {
		return unit, nil
	}
	if qualifier != "" {
		name += ":" + qualifier
	}
	return nil, &refusal{http.StatusNotFound, "ResourceNotFoundException", "Function not found: " + a.arn + name}
}

// splitName takes a function's name apart: "shop-orders", "shop-orders:live",
// "123456789012:function:shop-orders", or a full ARN with or without qualifier.
func splitName(text string) (name, qualifier string) {
	if _, after, ok := strings.Cut(text, "function:"); ok {
		text = after
	}
	name, qualifier, _ = strings.Cut(text, ":")
	return name, qualifier
}

func readPayload(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPayload))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, &refusal{http.StatusRequestEntityTooLarge, "RequestTooLargeException", "Request must be smaller than 6291456 bytes for the InvokeFunction operation"}
	}
	if err != nil {
		return nil, &refusal{http.StatusBadRequest, "InvalidRequestContentException", "the payload broke off"}
	}
	if len(payload) == 0 {
		return []byte("{}"), nil
	}
	if !jsontext.Value(payload).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) {
		return nil, &refusal{http.StatusBadRequest, "InvalidRequestContentException", "Could not parse request body into json"}
	}
	return payload, nil
}

// write writes the error as AWS's REST-JSON protocol has it.
func (f *refusal) write(w http.ResponseWriter) {
	w.Header().Set("X-Amzn-Errortype", f.kind)
	w.WriteHeader(f.status)
	body, err := json.Marshal(struct {
		Type    string
		Message string `json:"message"`
	}{"User", f.message})
	if err == nil { // it is not when a client's name for a function is no UTF-8
		_, _ = w.Write(body)
	}
}
