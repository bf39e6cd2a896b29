package awsevent

import (
	"net/http"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// payload1 is an event of payload 1.0. Maps without entries are null.
type payload1 struct {
	Version         string              `json:"version,omitempty"` // HTTP APIs alone
	Resource        string              `json:"resource"`
	Path            string              `json:"path"`
	Method          string              `json:"httpMethod"`
	Header          map[string]string   `json:"headers"`
	MultiHeader     map[string][]string `json:"multiValueHeaders"`
	Query           map[string]string   `json:"queryStringParameters"`
	MultiQuery      map[string][]string `json:"multiValueQueryStringParameters"`
	Context         context1            `json:"requestContext"`
	PathParameters  map[string]string   `json:"pathParameters"`
	StageVariables  map[string]string   `json:"stageVariables"`
	Body            *string             `json:"body"`
	IsBase64Encoded bool                `json:"isBase64Encoded"`
}

// context1 is the requestContext of payload 1.0.
type context1 struct {
	AccountID         string    `json:"accountId"`
	APIID             string    `json:"apiId"`
	DeploymentID      string    `json:"deploymentId,omitempty"` // REST APIs alone
	DomainName        string    `json:"domainName"`
	DomainPrefix      string    `json:"domainPrefix"`
	ExtendedRequestID string    `json:"extendedRequestId"`
	Method            string    `json:"httpMethod"`
	Identity          identity1 `json:"identity"`
	Path              string    `json:"path"`
	Protocol          string    `json:"protocol"`
	RequestID         string    `json:"requestId"`
	RequestTime       string    `json:"requestTime"`
	RequestTimeEpoch  int64     `json:"requestTimeEpoch"`
	ResourceID        string    `json:"resourceId"`
	ResourcePath      string    `json:"resourcePath"`
	Stage             string    `json:"stage"`
}

// identity1 has null for what a request without credentials does not tell.
type identity1 struct {
	AccessKey                     *string        `json:"accessKey"`
	AccountID                     *string        `json:"accountId"`
	Caller                        *string        `json:"caller"`
	CognitoAMR                    jsontext.Value `json:"cognitoAmr,omitzero"` // HTTP APIs alone
	CognitoAuthenticationProvider *string        `json:"cognitoAuthenticationProvider"`
	CognitoAuthenticationType     *string        `json:"cognitoAuthenticationType"`
	CognitoIdentityID             *string        `json:"cognitoIdentityId"`
	CognitoIdentityPoolID         *string        `json:"cognitoIdentityPoolId"`
	PrincipalOrgID                *string        `json:"principalOrgId"`
	SourceIP                      string         `json:"sourceIp"`
	User                          *string        `json:"user"`
	UserAgent                     string         `json:"userAgent"`
	UserARN                       *string        `json:"userArn"`
}

// restEvent is the event of a REST API. The path is as the client sent it,
// without the stage; a custom domain's base path is part of it.
func (r *Request) restEvent(parameters map[string]string) payload1 {
	path, _ := r.split()
	resource := r.Route
	if resource == "" {
		resource, parameters = proxyResource(path, parameters)
	}
	path = r.BasePath + path
	e := r.payload1(REST, resource, path, r.header(REST), parameters)
	e.Context.DeploymentID = "d1e2p3"
	e.Context.ResourceID = "r1e2s3"
	if r.ofAWS() {
		e.Context.Path = "/" + r.Stage + path
	}
	return e
}

// proxyResource is the resource that takes everything. It does not match the
// root, which is a resource of its own. Its parameter stays encoded, as the path
// does, and loses a slash at the end (seen).
func proxyResource(path string, parameters map[string]string) (string, map[string]string) {
	if path == "/" {
		return "/", parameters
	}
	if parameters == nil {
		parameters = map[string]string{"proxy": strings.TrimSuffix(path[1:], "/")}
	}
	return "/{proxy+}", parameters
}

// v1Event is the event of an HTTP API with payload 1.0. The path is decoded,
// with the base path of a custom domain or else with a named stage.
func (r *Request) v1Event(parameters map[string]string) payload1 {
	path, _ := r.split()
	path = or(r.BasePath, r.inFront()) + unescape(path)
	e := r.payload1(HTTPAPIv1, or(r.Route, "$default"), path, v1Names(lower(r.header(HTTPAPIv1))), parameters)
	e.Version = "1.0"
	e.Context.ExtendedRequestID = r.RequestID
	e.Context.Identity.CognitoAMR = jsontext.Value("null")
	e.Context.ResourceID = r.routeKey()
	return e
}

func (r *Request) payload1(f Format, resource, path string, header http.Header, parameters map[string]string) payload1 {
	_, raw := r.split()
	multi := query(raw, decoded)
	body, isBase64 := r.body(f)
	e := payload1{
		Resource: resource, Path: path, Method: r.Method,
		Header: lasts(header), MultiHeader: header, Query: lasts(multi), MultiQuery: multi,
		PathParameters: parameters, StageVariables: r.StageVariables, IsBase64Encoded: isBase64,
		Context: r.context1(resource, path),
	}
	if body != "" {
		e.Body = &body
	}
	return e
}

func (r *Request) context1(resource, path string) context1 {
	return context1{
		AccountID: accountID, APIID: apiID, DomainName: r.Host, DomainPrefix: firstLabel(r.Host),
		ExtendedRequestID: shortID(), RequestID: r.RequestID,
		Method: r.Method, Path: path, Protocol: "HTTP/1.1", ResourcePath: resource, Stage: r.Stage,
		RequestTime: r.clock(), RequestTimeEpoch: r.Time.UnixMilli(),
		Identity: identity1{SourceIP: r.RemoteAddr, UserAgent: r.userAgent()},
	}
}

// routeKey is the name of the route: "GET /orders/{id}", "ANY /x", "$default".
func (r *Request) routeKey() string {
	if r.Route == "" {
		return "$default"
	}
	return or(r.RouteMethod, r.Method) + " " + r.Route
}

func firstLabel(domain string) string {
	label, _, _ := strings.Cut(domain, ".")
	return label
}
