package frontdoor

import (
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// Event is what the front doors' events have in common, read in one pass. It
// holds the members of all formats; which of them count, the format says. All but its
// Request is forgotten once the host has made a request of it.
type Event struct {
	*Request

	version  string
	routeKey string
	rawPath  string // HTTP API 2.0 and Function URL
	rawQuery string

	resource string // REST and HTTP API 1.0
	path     string
	Method   string
	query    multiFields

	body      string // without escapes, else it is in unescaped
	unescaped []byte
	isBase64  bool
	context   requestContext

	has members
}

// requestContext is the part of the same name, flat.
type requestContext struct {
	stage      string
	domainName string
	path       string // 1.0: with the stage
	httpMethod string // 2.0: http.method
	httpPath   string // 2.0: http.path
	sourceIP   string // identity.sourceIp, http.sourceIp
	elb        bool
	webSocket  bool
}

// members notes which of the members that make a format were there at all.
type members struct {
	context, resource, path, rawPath, authorizer bool
}

// Read reads a front door's event. The format stays Unknown when the text is
// something else; ok is false when it is not JSON.
func (e *Event) Read(text string) (ok bool) {
	if uint64(len(text)) > math.MaxUint32 { // a name holds its place in 32 bits, enough for what Lambda takes
		return true
	}
	r := scan.NewReader(text)
	if r.Object() {
		for r.More('}') {
			e.member(&r, r.Name())
		}
	}
	if r.Failed() {
		return false
	}
	if !r.Mistyped {
		e.Format = e.classify()
	}
	e.finish()
	return true
}

// member reads one member of the event.
func (e *Event) member(r *scan.Reader, name string) {
	switch name {
	case "version":
		e.version = r.StringOrNull()
	case "routeKey":
		e.routeKey = r.StringOrNull()
	case "rawPath":
		e.has.rawPath = true
		e.rawPath = r.StringOrNull()
	case "rawQueryString":
		e.rawQuery = r.StringOrNull()
	case "cookies":
		e.cookies = r.StringsOrNull(e.cookies)
	case "resource":
		e.has.resource = true
		e.resource = r.StringOrNull()
	case "path":
		e.has.path = true
		e.path = r.StringOrNull()
	case "httpMethod":
		e.Method = r.StringOrNull()
	case "methodArn", "routeArn":
		e.has.authorizer = true
		r.Skip()
	case "requestContext":
		e.readContext(r)
	default:
		e.content(r, name)
	}
}

// content reads the members that carry the client's request.
func (e *Event) content(r *scan.Reader, name string) {
	switch name {
	case "headers":
		e.header.single.read(r, &e.positions)
	case "multiValueHeaders":
		e.header.multi.read(r, &e.positions)
	case "queryStringParameters":
		e.query.single.read(r, &e.positions)
	case "multiValueQueryStringParameters":
		e.query.multi.read(r, &e.positions)
	case "pathParameters":
		e.pathParameters.read(r, &e.positions)
	case "body":
		e.readBody(r)
	case "isBase64Encoded":
		r.BoolOrNull(&e.isBase64)
	default:
		r.Skip()
	}
}

func (e *Event) readContext(r *scan.Reader) {
	c := &e.context
	if e.has.context = r.Object(); !e.has.context {
		return
	}
	for r.More('}') {
		switch r.Name() {
		case "stage":
			c.stage = r.StringOrNull()
		case "domainName":
			c.domainName = r.StringOrNull()
		case "path":
			c.path = r.StringOrNull()
		case "connectionId":
			c.webSocket = r.StringOrNull() != ""
		case "http", "identity":
			c.readHTTP(r)
		case "elb":
			c.elb = true
			r.Skip()
		default:
			r.Skip()
		}
	}
}

// readHTTP reads requestContext.http of 2.0, and requestContext.identity of
// 1.0, which has sourceIp alone of these.
func (c *requestContext) readHTTP(r *scan.Reader) {
	if !r.Object() {
		return
	}
	for r.More('}') {
		switch r.Name() {
		case "method":
			c.httpMethod = r.StringOrNull()
		case "path":
			c.httpPath = r.StringOrNull()
		case "sourceIp":
			c.sourceIP = r.StringOrNull()
		default:
			r.Skip()
		}
	}
}

// finish keeps of the members those that the format has, and makes a header of
// the cookies.
func (e *Event) finish() {
	if !e.Format.Payload2() {
		e.cookies = nil
		return
	}
	e.header.multi, e.query = fields{}, multiFields{}
	e.Method = e.context.httpMethod
	if e.cookies = slices.DeleteFunc(e.cookies, func(cookie string) bool { return cookie == "" }); len(e.cookies) > 0 {
		e.cookies = []string{strings.Join(e.cookies, "; ")}
	}
}

// readBody reads the body, which is unescaped right away: it is the largest part
// of the event, and is passed over once.
func (e *Event) readBody(r *scan.Reader) {
	e.body, e.unescaped = "", e.unescaped[:0]
	if r.Kind() != '"' {
		r.SkipUnwanted()
		return
	}
	e.body, e.unescaped = r.Unescape(e.unescaped)
}

// Body returns the event's body in memory of its own, nil when there is none.
func (e *Event) Body() (data []byte, err error) {
	switch {
	case e.isBase64 && e.body != "":
		data, err = base64.StdEncoding.DecodeString(e.body)
	case e.isBase64:
		data, err = base64.StdEncoding.AppendDecode(nil, e.unescaped)
	case e.body != "":
		return []byte(e.body), nil
	default:
		return e.unescaped, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the event's body is marked as base64 and is not: %w", err)
	}
	return data, nil
}
