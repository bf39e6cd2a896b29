package awsevent

import "strings"

// payload2 is an event of payload 2.0. What there is none of is left out.
type payload2 struct {
	Version         string            `json:"version"`
	RouteKey        string            `json:"routeKey"`
	RawPath         string            `json:"rawPath"`
	RawQuery        string            `json:"rawQueryString"`
	Cookies         []string          `json:"cookies,omitzero"`
	Header          map[string]string `json:"headers"`
	Query           map[string]string `json:"queryStringParameters,omitzero"`
	Context         context2          `json:"requestContext"`
	PathParameters  map[string]string `json:"pathParameters,omitzero"`
	StageVariables  map[string]string `json:"stageVariables,omitzero"`
	Body            string            `json:"body,omitzero"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

// context2 is the requestContext of payload 2.0.
type context2 struct {
	AccountID    string `json:"accountId"`
	APIID        string `json:"apiId"`
	DomainName   string `json:"domainName"`
	DomainPrefix string `json:"domainPrefix"`
	HTTP         http2  `json:"http"`
	RequestID    string `json:"requestId"`
	RouteKey     string `json:"routeKey"`
	Stage        string `json:"stage"`
	Time         string `json:"time"`
	TimeEpoch    int64  `json:"timeEpoch"`
}

type http2 struct {
	Method    string `json:"method"`
	Path      string `json:"path"`
	Protocol  string `json:"protocol"`
	SourceIP  string `json:"sourceIp"`
	UserAgent string `json:"userAgent"`
}

// v2Event is the event of an HTTP API or a function URL. The HTTP API decodes
// the path and leaves a named stage in it, but not a base path; it takes the
// cookies out of the header. The function URL does neither.
func (r *Request) v2Event(f Format, parameters map[string]string) payload2 {
	path, raw := r.split()
	header := lower(r.header(f))
	e := payload2{
		Version: "2.0", RouteKey: r.routeKey(), RawPath: path, RawQuery: raw,
		Cookies: cookies(r.Header), Query: joined(query(raw, decoded)),
		PathParameters: parameters, StageVariables: r.StageVariables,
		Context: r.context2(unescape(path)),
	}
	if f == HTTPAPI {
		e.RawPath = r.inFront() + unescape(path)
		e.Context.HTTP.Path = e.RawPath
		delete(header, "cookie")
	} else {
		e.Context.urlContext()
	}
	e.Header = joined(header)
	e.Body, e.IsBase64Encoded = r.body(f)
	return e
}

func (r *Request) context2(path string) context2 {
	return context2{
		AccountID: accountID, APIID: apiID, DomainName: r.Host, DomainPrefix: firstLabel(r.Host),
		HTTP:      http2{Method: r.Method, Path: path, Protocol: "HTTP/1.1", SourceIP: r.RemoteAddr, UserAgent: r.userAgent()},
		RequestID: r.RequestID, RouteKey: r.routeKey(), Stage: r.Stage,
		Time: r.clock(), TimeEpoch: r.Time.UnixMilli(),
	}
}

// urlContext says what is different behind a function URL without IAM: it has
// no custom domains, so that the context names AWS's own whatever the Host.
func (c *context2) urlContext() {
	if !strings.Contains(c.DomainName, ".lambda-url.") {
		c.DomainName = urlDomain
		c.DomainPrefix = firstLabel(urlDomain)
	}
	c.AccountID, c.APIID = "anonymous", c.DomainPrefix
}
