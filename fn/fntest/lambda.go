package fntest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/internal/pattern"
)

// onLambda is the Lambda host behind a front door.
type onLambda struct {
	handler *fnlambda.Handler
	format  awsevent.Format
	named   bool   // whether the event names the route
	stage   string // a named stage
	base    string // the base path of a custom domain
	encoded bool   // whether the event's path parameters are
	routes  []*pattern.Pattern
}

// behind returns the opener of a Lambda behind the front door.
func behind(format awsevent.Format, named bool, stage string) opener {
	return func(ctx context.Context, unit *fn.Unit) (server, error) {
		return newOnLambda(ctx, unit, format, named, stage)
	}
}

// behindDomain is behind a REST API under a custom domain with a base path, in
// whose events the named parameters are encoded.
func behindDomain(named bool) opener {
	return func(ctx context.Context, unit *fn.Unit) (server, error) {
		l, err := newOnLambda(ctx, unit, awsevent.REST, named, "")
		if err != nil {
			return nil, err
		}
		l.base, l.encoded = "/mapped/v1", true
		return l, nil
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

func (l *onLambda) do(ctx context.Context, r Request) (received, error) {
	event, err := l.event(r)
	if err != nil {
		return received{}, &ownAnswer{err}
	}
	payload, err := l.handler.Invoke(ctx, event)
	if err != nil {
		return received{}, err
	}
	got, err := awsevent.ReadResponse(l.format, payload)
	if err != nil {
		return received{}, err
	}
	body := got.Body
	if len(body) == 0 || r.method == http.MethodHead {
		body = nil
	}
	return newReceived(got.Status, got.Header, body), nil
}

// event is the request as the front door hands it on.
func (l *onLambda) event(r Request) ([]byte, error) { return awsevent.New(l.format, l.request(r)) }

// request is the request as the front door gets it.
func (l *onLambda) request(r Request) awsevent.Request {
	e := awsevent.Request{
		Method: r.method, Target: r.target, Host: r.authority(), Header: r.header.Clone(), Body: r.body,
		RemoteAddr: remoteIP, Stage: l.stage, BasePath: l.base, EncodedParameters: l.encoded,
	}
	if l.named {
		e.Route, e.RouteMethod = l.routeOf(r)
	}
	return e
}

func (l *onLambda) losses(r Request) []string {
	losses := awsevent.Losses(l.format, l.request(r))
	path, _ := r.split()
	if l.base != "" && slices.ContainsFunc(l.routes, func(p *pattern.Pattern) bool { return matches(p, l.base+path) }) {
		losses = append(losses, "the path with the base path in front is one of the app's own, too")
	}
	return losses
}

// routeOf returns the one route that matches the request, in API Gateway's
// grammar. When several do, which one wins is the gateway's business, and the
// request goes through the default route. A slash at the end of the path makes no
// difference to API Gateway.
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
		if matches(p, path) || matches(p, strings.TrimSuffix(path, "/")) {
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

// matches reports whether API Gateway takes the path for the pattern's: it
// matches no empty parameter.
func matches(p *pattern.Pattern, path string) bool {
	values, ok := p.Match(path, nil)
	return ok && !slices.Contains(values, "")
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
