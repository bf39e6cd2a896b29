package fntest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/internal/pattern"
)

// onLambda is the Lambda host behind a front door.
type onLambda struct {
	handler *fnlambda.Handler
	format  awsevent.Format
	named   bool   // whether the event names the route
	stage   string // a named stage
	routes  []*pattern.Pattern
}

// behind returns the opener of a Lambda behind the front door.
func behind(format awsevent.Format, named bool, stage string) opener {
	return func(ctx context.Context, unit *fn.Unit) (server, error) {
		return newOnLambda(ctx, unit, format, named, stage)
	}
}

func newOnLambda(ctx context.Context, unit *fn.Unit, format awsevent.Format, named bool, stage string) (*onLambda, error) {
	h, err := fnlambda.New(ctx, unit)
	if err != nil {
		return nil, err
	}
	l := &onLambda{handler: h, format: format, named: named, stage: stage}
	for _, f := range unit.Functions() {
		for _, r := range f.Routes() {
			if p, err := pattern.Parse(r.Pattern); err == nil {
				l.routes = append(l.routes, p)
			}
		}
	}
	return l, nil
}

func (l *onLambda) do(ctx context.Context, r Request) (*Response, error) {
	event, err := l.event(r)
	if err != nil {
		return nil, &ownAnswer{err}
	}
	payload, err := l.handler.Invoke(ctx, event)
	if err != nil {
		return nil, err
	}
	got, err := awsevent.ReadResponse(l.format, payload)
	if err != nil {
		return nil, err
	}
	body := got.Body
	if len(body) == 0 || r.method == http.MethodHead {
		body = nil
	}
	return newResponse(got.Status, got.Header, body), nil
}

// event is the request as the front door hands it on.
func (l *onLambda) event(r Request) ([]byte, error) { return awsevent.New(l.format, l.request(r)) }

// request is the request as the front door gets it.
func (l *onLambda) request(r Request) awsevent.Request {
	e := awsevent.Request{
		Method: r.method, Target: r.target, Host: r.authority(), Header: r.header.Clone(), Body: r.body,
		RemoteAddr: remoteIP, Stage: l.stage,
	}
	if l.named {
		e.Route, e.RouteMethod = l.routeOf(r)
	}
	return e
}

func (l *onLambda) losses(r Request) []string { return awsevent.Losses(l.format, l.request(r)) }

// routeOf returns the one route that matches the request, in API Gateway's
// grammar. When several do, which one wins is the gateway's business, and the
// request goes through the default route.
func (l *onLambda) routeOf(r Request) (route, method string) {
	path, _ := r.split()
	if _, err := url.PathUnescape(path); err != nil {
		return "", "" // no route of a gateway matches what it cannot decode
	}
	var found []*pattern.Pattern
	for _, p := range l.routes {
		if p.Method != "" && p.Method != r.method {
			continue
		}
		if values, ok := p.Match(path, nil); ok && !slices.Contains(values, "") { // API Gateway matches no empty parameter
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		return "", ""
	}
	if found[0].Method == "" {
		method = "ANY"
	}
	route, _ = found[0].Gateway()
	return route, method
}

// invoke sends the direct form in an envelope, as to a unit of any grain.
func (l *onLambda) invoke(ctx context.Context, name string, in []byte) ([]byte, error) {
	function, err := jsontext.AppendQuote(nil, name)
	if err != nil {
		return nil, err
	}
	envelope := slices.Concat([]byte(`{"function":`), function, []byte(`,"in":`), in, []byte(`}`))
	out, err := l.handler.Invoke(ctx, envelope)
	var failed messages.InvokeResponse_Error
	if errors.As(err, &failed) {
		code, _ := fn.ParseCode(failed.Type)
		return nil, fn.Errorf(code, "%s", failed.Message)
	}
	return out, err
}
