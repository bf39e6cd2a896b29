package fn_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// kindIn chooses what the callee does.
type kindIn struct {
	Kind  string `json:"kind" validate:"required,max=20"`
	Trims string `json:"trims"`
}

// Validate changes the In, as a pointer can.
func (in *kindIn) Validate(ctx context.Context) error {
	in.Trims = strings.TrimSpace(in.Trims)
	if in.Kind == "refused" {
		req, _ := fn.RequestFrom(ctx)
		return errors.New("must not be refused in " + req.Function().Name())
	}
	return nil
}

type kindOut struct {
	Said string `json:"said"`
}

var (
	kind   = fn.Define[kindIn, kindOut]("deep.kind")
	nested = fn.Define[kindIn, kindOut]("deep.nested")

	errDomain = errors.New("no such row")
)

type foreignKey struct{}

func beKind(ctx context.Context, in kindIn) (kindOut, error) {
	req, _ := fn.RequestFrom(ctx)
	switch in.Kind {
	case "error":
		return kindOut{"lost"}, fn.Errorf(fn.NotFound, "nobody").WithDetail("a", 1).WithHeader("X-A", "b").WithCause(errors.New("hidden"))
	case "plain error":
		return kindOut{"lost"}, errors.New("a secret")
	case "reported":
		req.MarkReported()
		return kindOut{}, errors.New("a secret")
	case "domain":
		return kindOut{}, fmt.Errorf("select: %w", errDomain)
	case "panic":
		panic("a secret")
	case "nested":
		return nested.Call(ctx, kindIn{Kind: "fine"})
	case "endless":
		return kind.Call(ctx, in)
	case "cancelled":
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		return kindOut{}, ctx.Err()
	}
	given, err := req.Input(ctx)
	if err != nil {
		return kindOut{}, err
	}
	inner, _ := fn.RequestFrom(context.WithValue(ctx, foreignKey{}, 1))
	return kindOut{fmt.Sprintf("%s %q id=%s trace=%s trigger=%s host=%s cold=%v value=%v foreign=%v same=%v", req.Function().Name(), in.Trims,
		req.ID, req.TraceParent, req.Kind, req.Host, req.ColdStart(), given.(*kindIn).Trims, ctx.Value(foreignKey{}), inner == req)}, nil
}

// callKind calls the function from a request, in an app with the middleware, and
// returns all that can be seen of it.
func callKind(t *testing.T, in kindIn, middleware ...fn.Middleware) string {
	t.Helper()
	var log bytes.Buffer
	app := fn.NewApp[fn.NoConfig]("shop", fn.Logger(zerolog.New(&log)), fn.Use(middleware...), fn.MapErrors(func(_ context.Context, err error) error {
		if errors.Is(err, errDomain) {
			return fn.Errorf(fn.AlreadyExists, "there is one")
		}
		return nil
	}))
	app.Add(
		kind.With(beKind, fn.Needs(kind, nested)), nested.With(beKind),
		fn.Raw("web.page", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			body, err := req.Input(ctx)
			body.(func(context.Context))(ctx)
			return &fn.Reply{}, err
		}, fn.Needs(kind)),
	)
	unit := app.MustStart(t.Context())
	var seen string
	request := &fn.Request{Kind: fn.KindEvent, ID: "r-1", TraceParent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", From: fn.InputFromValue(func(ctx context.Context) {
		out, err := kind.Call(context.WithValue(ctx, foreignKey{}, "from the caller"), in)
		seen = fmt.Sprintf("%+v, %v", out, err)
		if e, ok := errors.AsType[*fn.Error](err); ok {
			seen += fmt.Sprintf(" code=%v status=%d message=%q violations=%v details=%v header=%v", e.Code(), e.HTTPStatus(), e.Message(), e.Violations(), e.Details(), e.Header())
		}
	})}
	if _, err := unit.Host("test").Invoke(t.Context(), "web.page", request); err != nil {
		t.Fatal(err)
	}
	logged, _, _ := strings.Cut(log.String(), `"stack":`)
	return seen + "\n" + logged
}

func TestAFastCallIsLikeAnyOther(t *testing.T) {
	around := func(next fn.Invoker) fn.Invoker { return next } // so that a call has a request and a reply
	for _, in := range []kindIn{
		{Kind: "fine", Trims: " x "}, {}, {Kind: "much longer than twenty characters"}, {Kind: "refused"}, {Kind: "error"}, {Kind: "plain error"},
		{Kind: "reported"}, {Kind: "domain"}, {Kind: "panic"}, {Kind: "nested"}, {Kind: "endless"}, {Kind: "cancelled"},
	} {
		t.Run(in.Kind, func(t *testing.T) {
			fast, other := callKind(t, in), callKind(t, in, around)
			if fast != other {
				t.Errorf("fast:\n%s\nwith middleware:\n%s", fast, other)
			}
		})
	}
}

// Several goroutines of a handler can ask for its request; all get the same one.
func TestAFastCallHasOneRequest(t *testing.T) {
	asked := make(chan *fn.Request, 8)
	callee := deduplicated.With(func(ctx context.Context, _ depthIn) (depthOut, error) {
		done := make(chan struct{})
		for range cap(asked) {
			go func() {
				req, _ := fn.RequestFrom(ctx)
				asked <- req
				done <- struct{}{}
			}()
		}
		for range cap(asked) {
			<-done
		}
		return depthOut{}, nil
	})
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(callee, fn.Raw("web.page", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
		_, err := deduplicated.Call(ctx, depthIn{})
		return &fn.Reply{}, err
	}, fn.Needs(deduplicated)))
	if _, err := app.MustStart(t.Context()).Host("test").Invoke(t.Context(), "web.page", &fn.Request{Kind: fn.KindEvent}); err != nil {
		t.Fatal(err)
	}
	first := <-asked
	for range cap(asked) - 1 {
		if other := <-asked; other != first || other == nil {
			t.Errorf("got %p and %p", first, other)
		}
	}
}

// A span of the caller's middleware can begin while a call goes on: the callee has
// the one in which it was called, whenever it asks, and however it is called.
func TestACalleeHasTheTraceParentOfTheCall(t *testing.T) {
	const first, second = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01"
	around := func(next fn.Invoker) fn.Invoker { return next }
	for name, middleware := range map[string][]fn.Middleware{"fast": nil, "with middleware": {around}} {
		var begun sync.WaitGroup
		begun.Add(1)
		seen := make(chan string, 1)
		app := fn.NewApp[fn.NoConfig]("shop")
		app.Add(
			deduplicated.With(func(ctx context.Context, _ depthIn) (depthOut, error) {
				go func() { // it is left behind
					begun.Wait()
					req, _ := fn.RequestFrom(ctx)
					seen <- req.TraceParent
				}()
				return depthOut{}, nil
			}, fn.Use(middleware...)),
			fn.Raw("web.page", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
				_, err := deduplicated.Call(ctx, depthIn{1})
				return &fn.Reply{}, err
			}, fn.Needs(deduplicated), fn.Use(func(next fn.Invoker) fn.Invoker {
				return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
					req.TraceParent = first
					reply, err := next(ctx, req)
					req.TraceParent = second
					begun.Done()
					return reply, err
				}
			})),
		)
		if _, err := app.MustStart(t.Context()).Host("test").Invoke(t.Context(), "web.page", &fn.Request{Kind: fn.KindEvent}); err != nil {
			t.Fatal(err)
		}
		if got := <-seen; got != first {
			t.Errorf("%s: got %s, want %s", name, got, first)
		}
	}
}

// A callee may leave a goroutine behind that asks its context for values or for its
// request, while the request of its caller takes over what a function under a timeout
// has changed. The race detector judges.
func TestACalleesGoroutinesWhileItsCallerGoesOn(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(ctx context.Context){
		"for a value":     func(ctx context.Context) { ctx.Value(t) },
		"for its request": func(ctx context.Context) { _, _ = fn.RequestFrom(ctx) },
	} {
		for kind, options := range map[string][]fn.FunctionOption{"fast": nil, "under a timeout": {fn.Timeout(time.Hour)}} {
			t.Run(name+", "+kind, func(t *testing.T) {
				t.Parallel()
				asked := make(chan struct{})
				callee := fn.Define[struct{}, struct{}]("calls.callee", options...)
				leave := callee.With(func(ctx context.Context, _ struct{}) (struct{}, error) {
					left := context.WithoutCancel(ctx)
					go func() {
						defer close(asked)
						ask(left)
					}()
					return struct{}{}, nil
				})
				first := func(next fn.Invoker) fn.Invoker {
					return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
						if _, err := callee.Call(ctx, struct{}{}); err != nil {
							return nil, err
						}
						return next(ctx, req)
					}
				}
				caller := fn.New("calls.caller", nothing[struct{}], fn.Route("GET /"), fn.Use(first), fn.Timeout(time.Hour), fn.Needs(callee))
				unit, _ := start(t, []fn.Function{leave, caller})
				if reply := serve(t, unit, "calls.caller", source{}); reply.Status != 204 {
					t.Errorf("got %d %s", reply.Status, reply.Body)
				}
				<-asked
			})
		}
	}
}
