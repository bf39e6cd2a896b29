package fnlambda

import "strings"

// event is what the front doors' events have in common, read in one pass. It
// holds the members of all formats; which of them count, the format says.
type event struct {
	format format

	version  string
	routeKey string
	rawPath  string // HTTP API 2.0 and Function URL
	rawQuery string
	cookies  []string

	resource string // REST and HTTP API 1.0
	path     string
	method   string

	header         fields
	multiHeader    fields
	query          fields
	multiQuery     fields
	pathParameters fields

	body     string // still quoted, "" when there is none
	isBase64 bool
	context  requestContext

	has members
}

// requestContext is the part of the same name, flat.
type requestContext struct {
	stage        string
	domainName   string
	path         string // 1.0: with the stage
	connectionID string // WebSocket
	httpMethod   string // 2.0: http.method
	httpPath     string // 2.0: http.path
	sourceIP     string // identity.sourceIp, http.sourceIp
	elb          bool
}

// members notes which of the members that make a format were there at all.
type members struct {
	context, resource, path, rawPath, authorizer bool
}

// readEvent reads a front door's event. The format is unknown when the payload
// is something else; the error says that it is not JSON.
func readEvent(r *reader) (*event, error) {
	e := &event{}
	if _, err := r.object(func(name string) error { return e.member(r, name) }); err != nil {
		return nil, err
	}
	if !r.mistyped {
		e.format = e.classify()
	}
	if e.format != unknown {
		e.join()
	}
	return e, nil
}

// member reads one member of the event.
func (e *event) member(r *reader, name string) error {
	switch name {
	case "version":
		return r.stringTo(&e.version)
	case "routeKey":
		return r.stringTo(&e.routeKey)
	case "rawPath":
		e.has.rawPath = true
		return r.stringTo(&e.rawPath)
	case "rawQueryString":
		return r.stringTo(&e.rawQuery)
	case "cookies":
		return r.strings(&e.cookies)
	case "resource":
		e.has.resource = true
		return r.stringTo(&e.resource)
	case "path":
		e.has.path = true
		return r.stringTo(&e.path)
	case "httpMethod":
		return r.stringTo(&e.method)
	case "methodArn", "routeArn":
		e.has.authorizer = true
		return r.dec.SkipValue()
	case "requestContext":
		return e.readContext(r)
	}
	return e.content(r, name)
}

// content reads the members that carry the client's request.
func (e *event) content(r *reader, name string) (err error) {
	switch name {
	case "headers":
		return e.header.read(r, usualHeaders)
	case "multiValueHeaders":
		return e.multiHeader.read(r, usualHeaders)
	case "queryStringParameters":
		return e.query.read(r, usualParameters)
	case "multiValueQueryStringParameters":
		return e.multiQuery.read(r, usualParameters)
	case "pathParameters":
		return e.pathParameters.read(r, usualParameters)
	case "body":
		e.body, err = r.quoted()
		return err
	case "isBase64Encoded":
		return r.bool(&e.isBase64)
	}
	return r.dec.SkipValue()
}

func (e *event) readContext(r *reader) (err error) {
	c := &e.context
	e.has.context, err = r.object(func(name string) error {
		switch name {
		case "stage":
			return r.stringTo(&c.stage)
		case "domainName":
			return r.stringTo(&c.domainName)
		case "path":
			return r.stringTo(&c.path)
		case "connectionId":
			return r.stringTo(&c.connectionID)
		case "http":
			return c.readHTTP(r)
		case "identity":
			return c.readHTTP(r)
		case "elb":
			c.elb = true
		}
		return r.dec.SkipValue()
	})
	return err
}

// readHTTP reads requestContext.http of 2.0, and requestContext.identity of
// 1.0, which has sourceIp alone of these.
func (c *requestContext) readHTTP(r *reader) error {
	_, err := r.object(func(name string) error {
		switch name {
		case "method":
			return r.stringTo(&c.httpMethod)
		case "path":
			return r.stringTo(&c.httpPath)
		case "sourceIp":
			return r.stringTo(&c.sourceIP)
		}
		return r.dec.SkipValue()
	})
	return err
}

// join makes one header and one query of the format's several maps.
func (e *event) join() {
	if e.format.decodedMaps() || e.format.alb() {
		e.multiHeader.fill(&e.header, true)
		e.header = e.multiHeader
		e.multiQuery.fill(&e.query, false)
		e.query = e.multiQuery
		return
	}
	e.method = e.context.httpMethod
	if len(e.cookies) > 0 { // a Function URL has them in the header too
		e.header.drop("Cookie")
		e.header.add("Cookie", strings.Join(e.cookies, "; "))
	}
}
