package middleware_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// show prints some fields of log lines; time and duration differ from run to run.
type show []string

func (fields show) Write(line []byte) (int, error) {
	var m map[string]any
	if err := json.Unmarshal(line, &m); err != nil {
		return 0, err
	}
	for i, name := range fields {
		if i > 0 {
			fmt.Print(" ")
		}
		fmt.Printf("%s=%v", name, m[name])
	}
	fmt.Println()
	return len(line), nil
}

// serveOne starts an app with one function and serves one request to it.
func serveOne(handler fn.Invoker, header source, options ...fn.AppOption) *fn.Reply {
	app := fn.NewApp[fn.NoConfig]("shop", options...)
	app.Add(fn.Raw("orders.get", handler, fn.Route("GET /orders/{id}"), fn.Timeout(20*time.Millisecond)))
	unit := app.MustStart(context.Background(), fn.WithConfig(fn.NoConfig{}))
	return unit.Host("test").Serve(context.Background(), "orders.get", get(header))
}

func found(context.Context, *fn.Request) (*fn.Reply, error) {
	return &fn.Reply{Status: 200, Body: []byte("{}")}, nil
}

func missing(context.Context, *fn.Request) (*fn.Reply, error) {
	return nil, fn.Errorf(fn.NotFound, "order 7 does not exist")
}

func broken(context.Context, *fn.Request) (*fn.Reply, error) { panic("index out of range") }

func slow(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// What most apps want.
func ExampleDefault() {
	reply := serveOne(missing, source{"X-Request-Id": "r-1"},
		fn.Logger(zerolog.New(show{"level", "function", "route", "status", "code", "request_id"})),
		fn.Use(middleware.Default()...))
	fmt.Println(reply.Status, reply.Header.Get("X-Request-Id"))
	// Output:
	// level=info function=orders.get route=GET /orders/{id} status=404 code=not_found request_id=r-1
	// 404 r-1
}

// Which id does a request have, and how is it passed on?
func ExampleRequestID() {
	handler := func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		fmt.Println("to the next service:", middleware.RequestIDHeader, middleware.RequestIDFrom(ctx))
		return found(ctx, req)
	}
	serveOne(handler, source{"X-Request-Id": "r-1"}, fn.Use(middleware.RequestID()))
	// Output: to the next service: X-Request-Id r-1
}

// Take the id from another header, and never from the client.
func ExampleRequestID_options() {
	ids := middleware.RequestID(
		middleware.IDHeader("X-Correlation-Id"),
		middleware.IgnoreClientID(),
		middleware.NewID(func() string { return "made-here" }))
	reply := serveOne(found, source{"X-Correlation-Id": "theirs"}, fn.Use(ids))
	fmt.Println(reply.Header.Get("X-Correlation-Id"))
	// Output: made-here
}

// What is in the log of a request?
func ExampleAccessLog() {
	serveOne(found, nil,
		fn.Logger(zerolog.New(show{"level", "message", "function", "trigger", "host", "method", "route", "status", "bytes", "cold_start"})),
		fn.Use(middleware.AccessLog()))
	// Output: level=info message=request function=orders.get trigger=http host=test method=GET route=GET /orders/{id} status=200 bytes=2 cold_start=true
}

// How do health checks stay out of the log?
func ExampleQuiet() {
	health := middleware.Quiet(func(req *fn.Request) bool { return req.Function().Name() == "orders.get" })
	log := fn.Logger(zerolog.New(show{"message", "status"}))
	serveOne(found, nil, log, fn.Use(middleware.AccessLog(health)))
	serveOne(missing, nil, log, fn.Use(middleware.AccessLog(health)))
	// Output: message=request status=404
}

// What becomes of a panic?
func ExampleRecover() {
	reply := serveOne(broken, nil,
		fn.Logger(zerolog.New(show{"level", "error"})),
		fn.Use(middleware.AccessLog(), middleware.Recover()))
	fmt.Println(string(reply.Body))
	// Output:
	// level=error error=internal: panic: index out of range
	// {"type":"about:blank","title":"Internal Server Error","status":500,"code":"internal"}
}

// What does the client of a late function get?
func ExampleTimeout() {
	reply := serveOne(slow, nil, fn.Use(middleware.Timeout()))
	fmt.Println(string(reply.Body))
	// Output: {"type":"about:blank","title":"Gateway Timeout","status":504,"code":"deadline_exceeded","detail":"the function orders.get did not answer within 20ms"}
}

// How may a page of another origin use the app?
func ExampleCORS() {
	cors := middleware.CORS(middleware.CORSOptions{
		AllowedOrigins: []string{"https://shop.example", "https://*.shop.example"},
		ExposedHeaders: []string{middleware.RequestIDHeader},
	})
	reply := serveOne(missing, source{"Origin": "https://admin.shop.example"},
		fn.Use(cors), fn.Use(middleware.Default()...), fn.Logger(zerolog.Nop()))
	fmt.Println(reply.Status, reply.Header.Get("Access-Control-Allow-Origin"))
	// Output: 404 https://admin.shop.example
}

// How are the mistakes in options that come from elsewhere reported?
func ExampleNewCORS() {
	_, err := middleware.NewCORS(middleware.CORSOptions{AllowedOrigins: []string{"shop.example/"}})
	fmt.Println(err)
	// Output: middleware.CORSOptions: AllowedOrigins[0] is "shop.example/": an origin is scheme://host or scheme://host:port, without a path or a slash at the end
}

// How does code that uses log/slog write to the same log?
func ExampleSlog() {
	handler := func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		middleware.Slog(ctx).Info("looked up", "sku", "a1")
		return found(ctx, req)
	}
	serveOne(handler, source{"X-Request-Id": "r-1"},
		fn.Logger(zerolog.New(show{"message", "sku", "function", "request_id"})),
		fn.Use(middleware.RequestID(), middleware.AccessLog(middleware.Quiet(func(*fn.Request) bool { return true }))))
	// Output: message=looked up sku=a1 function=orders.get request_id=r-1
}

// How is middleware written?
func Example_own() {
	tenant := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if req.Kind == fn.KindHTTP && req.Header("X-Tenant") == "" {
				return nil, fn.Errorf(fn.Unauthenticated, "the header X-Tenant is missing")
			}
			return next(ctx, req)
		}
	}
	reply := serveOne(found, nil, fn.Use(tenant), fn.Logger(zerolog.New(os.Stderr)))
	fmt.Println(string(reply.Body))
	// Output: {"type":"about:blank","title":"Unauthorized","status":401,"code":"unauthenticated","detail":"the header X-Tenant is missing"}
}
