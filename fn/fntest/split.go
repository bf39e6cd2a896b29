package fntest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/remote"
	"github.com/anygrain/anygrain/internal/router"
)

// split is an app that is cut into units behind one front door. What the
// constructors made is shared by them, as a database would be; all calls from one
// to another are requests as package remote makes them.
type split struct {
	whole  server            // for what no route takes, which is the front door's business
	units  map[string]server // by the names of their functions
	named  map[string]server // by their own
	router *router.Router[string]
}

// unitOpener makes the server of one unit.
type unitOpener func(ctx context.Context, unit *fn.Unit) (server, error)

// cut returns the opener of an app that is cut into units, whose names are what
// the rule of a target makes of a function's.
func cut(target string, open unitOpener, send func(*split, *http.Request) (*http.Response, error)) opener {
	return func(ctx context.Context, unit *fn.Unit) (server, error) {
		s := &split{units: map[string]server{}, named: map[string]server{}}
		transport, err := remote.New("*="+target, remote.Region("us-east-1"), remote.SignWith(nobody), remote.Secret(config.NewSecret(splitSecret)),
			remote.RoundTripper(roundTripper(func(r *http.Request) (*http.Response, error) { return send(s, r) })))
		if err != nil {
			return nil, err
		}
		if s.router, err = routerOf(unit); err != nil {
			return nil, err
		}
		if s.whole, err = open(ctx, unit); err != nil {
			return nil, err
		}
		members := map[string][]string{}
		for _, f := range unit.Functions() {
			name := unitName(target, f)
			members[name] = append(members[name], f.Name())
		}
		for name, functions := range members {
			one, err := open(ctx, unit.Host("test").Part(transport, functions...))
			if err != nil {
				return nil, err
			}
			s.named[name] = one
			for _, f := range functions {
				s.units[f] = one
			}
		}
		return s, nil
	}
}

// unitName is the unit that the target means: its group's, or the function's own.
func unitName(target string, f fn.Function) string {
	if strings.Contains(target, "{group}") {
		return f.Group()
	}
	return strings.Replace(f.Name(), ".", "-", 1)
}

const splitSecret = "for-units-in-one-process"

// nobody signs what nobody verifies.
var nobody = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: "test", SecretAccessKey: "test"}, nil
})

type roundTripper func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// asLambda is a unit that is a Lambda function behind an HTTP API.
func asLambda(ctx context.Context, unit *fn.Unit) (server, error) {
	return newOnLambda(ctx, unit, awsevent.HTTPAPI, true, "")
}

// invokeUnitOf answers a Lambda Invoke as Lambda does.
func invokeUnitOf(s *split, r *http.Request) (*http.Response, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/2015-03-31/functions/"), "/invocations")
	l, ok := s.named[name].(*onLambda)
	if !ok {
		return response(http.StatusNotFound, []byte(fmt.Sprintf(`{"Message":"Function not found: %s"}`, name))), nil
	}
	payload, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	answer, err := l.handler.Invoke(bare{r.Context()}, payload)
	resp := response(http.StatusOK, answer)
	if err != nil {
		resp = response(http.StatusOK, []byte(err.Error()))
		resp.Header.Set("X-Amz-Function-Error", "Unhandled")
	}
	return resp, nil
}

// postToUnit hands a request to the server of its host.
func postToUnit(s *split, r *http.Request) (*http.Response, error) {
	o, ok := s.named[r.URL.Hostname()].(*overHTTP)
	if !ok {
		return response(http.StatusNotFound, nil), nil
	}
	return o.roundTrip(r.WithContext(bare{r.Context()}))
}

func response(status int, body []byte) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body))}
}

// bare is a context without values, as it is in another process.
type bare struct{ context.Context }

// Value implements context.Context.
func (bare) Value(any) any { return nil }

// AfterFunc spares a goroutine per context; see context.AfterFunc.
func (b bare) AfterFunc(f func()) (stop func() bool) { return context.AfterFunc(b.Context, f) }

func (s *split) do(ctx context.Context, r Request) (received, error) { return s.of(r).do(ctx, r) }

// servers are all units.
func (s *split) servers() []server {
	all := []server{s.whole}
	for _, one := range s.named {
		all = append(all, one)
	}
	return all
}

func (s *split) close() error {
	var errs []error
	for _, one := range s.servers() {
		errs = append(errs, closeServer(one))
	}
	return errors.Join(errs...)
}

func (s *split) serving() []string {
	var all []string
	for _, one := range s.servers() {
		all = append(all, serving(one)...)
	}
	return all
}

func (s *split) losses(r Request) []string { return s.of(r).losses(r) }

// of returns the unit that the front door sends the request to. A slash at the
// end of a path makes no difference to API Gateway: it is the unit that answers 404.
func (s *split) of(r Request) server {
	path, query := r.split()
	m := s.router.Match(r.method, path, query)
	if m.Status == http.StatusNotFound {
		m = s.router.Match(r.method, strings.TrimSuffix(path, "/"), query)
	}
	if m.Found {
		return s.units[m.Value]
	}
	return s.whole
}

func (s *split) invoke(ctx context.Context, name string, in []byte) ([]byte, error) {
	if unit, ok := s.units[name]; ok {
		return unit.invoke(ctx, name, in)
	}
	return s.whole.invoke(ctx, name, in)
}
