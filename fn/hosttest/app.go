package hosttest

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// bodyLimit is the limit of probe.upload.
const bodyLimit = 64

// secret is text that no caller may read.
const secret = "password=hunter2"

// probe is the app that is run on the host under test, and what its functions tell.
type probe struct {
	hears chan string
}

type echoIn struct {
	ID    string   `path:"id" json:"id"`
	Tag   []string `query:"tag" json:"tag,omitempty"`
	Trace string   `header:"X-Trace" json:"trace,omitempty"`
	Text  string   `json:"text" validate:"required"`
}

type echoOut struct {
	ID    string   `json:"id"`
	Tag   []string `json:"tag,omitempty"`
	Trace string   `json:"trace,omitempty"`
	Text  string   `json:"text"`
}

type textIn struct {
	Text string `json:"text"`
}

type seen struct {
	Kind     string `json:"kind"`
	Host     string `json:"host"`
	Method   string `json:"method"`
	Path     string `json:"path"`
	Route    string `json:"route"`
	Function string `json:"function"`
}

func (p *probe) app() fn.Starter {
	app := fn.NewApp[fn.NoConfig]("hosttest", fn.Logger(zerolog.Nop()), fn.Use(stamp))
	app.Add(
		fn.New("probe.echo", echo, fn.Route("POST /echo/{id}")),
		fn.New("probe.upload", func(_ context.Context, in textIn) (int, error) { return len(in.Text), nil },
			fn.Route("POST /upload"), fn.BodyLimit(bodyLimit)),
		fn.New("probe.fails", func(context.Context, struct{}) (struct{}, error) {
			return struct{}{}, fn.Errorf(fn.NotFound, "there is no such thing")
		}, fn.Route("GET /fails")),
		fn.New("probe.leaks", func(context.Context, struct{}) (struct{}, error) {
			return struct{}{}, errors.New(secret)
		}, fn.Route("GET /leaks")),
		fn.New("probe.fails_inside", func(context.Context, struct{}) (struct{}, error) {
			return struct{}{}, fn.Errorf(fn.Internal, secret)
		}, fn.Route("GET /fails-inside")),
		fn.New("probe.panics", crash, fn.Route("GET /panics")),
		fn.New("probe.waits", p.wait, fn.Route("GET /waits")),
		fn.New("probe.sees", see, fn.Route("GET /sees/{what}")),
		fn.New("probe.nothing", func(context.Context, struct{}) (struct{}, error) { return struct{}{}, nil },
			fn.Route("DELETE /nothing", fn.Status(204))),
		fn.Raw("probe.cookies", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return &fn.Reply{Status: 200, Body: []byte("two"), Header: fn.Header{
				{Name: "Content-Type", Value: "text/plain"},
				{Name: "Set-Cookie", Value: "a=1"},
				{Name: "Set-Cookie", Value: "b=2"},
			}}, nil
		}, fn.Route("GET /cookies")),
		fn.Raw("probe.bytes", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			body, err := req.Body(ctx)
			return &fn.Reply{Status: 200, Body: body, Header: fn.Header{{Name: "Content-Type", Value: "application/octet-stream"}}}, err
		}, fn.Route("PUT /bytes")),
		fn.Raw("probe.streams", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return &fn.Reply{Status: 200, Stream: stream{strings.NewReader("as it comes"), p},
				Header: fn.Header{{Name: "Content-Type", Value: "text/plain"}}}, nil
		}, fn.Route("GET /streams")),
	)
	return app
}

// stamp is middleware, which stands around what no function takes too.
func stamp(next fn.Invoker) fn.Invoker {
	return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		req.ReplyHeader().Set("X-Stamp", "here")
		return next(ctx, req)
	}
}

func echo(_ context.Context, in echoIn) (echoOut, error) { return echoOut(in), nil }

// wait tells that it runs, and that its context has ended.
func (p *probe) wait(ctx context.Context, _ struct{}) (struct{}, error) {
	p.hears <- "runs"
	<-ctx.Done()
	p.hears <- "ended"
	return struct{}{}, ctx.Err()
}

func see(ctx context.Context, _ struct{}) (seen, error) {
	r, ok := fn.RequestFrom(ctx)
	if !ok {
		return seen{}, errors.New("the context has no request")
	}
	return seen{string(r.Kind), r.Host, r.Method, r.Path, r.Route, r.Function().Name()}, nil
}

// stream tells that it was closed.
type stream struct {
	io.Reader
	probe *probe
}

func (s stream) Close() error {
	s.probe.hears <- "closed"
	return nil
}

func crash(context.Context, struct{}) (struct{}, error) { panic(secret) }
