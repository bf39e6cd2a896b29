package fnhttp_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

type helloInput struct {
	Name string `path:"name" validate:"max=40"`
}

type helloOutput struct {
	Text string `json:"text"`
}

func hello(_ context.Context, in helloInput) (helloOutput, error) {
	return helloOutput{Text: "Hello, " + in.Name}, nil
}

// greeter is the app of the examples.
func greeter(more ...fn.Function) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("greeter")
	app.Add(fn.New("greet.hello", hello, fn.Route("GET /hello/{name}")))
	app.Add(more...)
	return app
}

// show prints the answer to a GET.
func show(h http.Handler, path string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	res := w.Result()
	fmt.Println(res.StatusCode, res.Header.Get("Content-Type"))
	fmt.Println(w.Body)
}

// A program that has a server of its own serves the functions as an http.Handler.
func ExampleNew() {
	ctx := context.Background()
	h, err := fnhttp.New(ctx, greeter())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer h.Close(ctx)

	server := httptest.NewServer(h)
	defer server.Close()
	res, err := server.Client().Get(server.URL + "/hello/Ada")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	fmt.Println(res.StatusCode, string(body))
	// Output: 200 {"text":"Hello, Ada"}
}

// What no function takes is a problem document.
func ExampleNew_problem() {
	ctx := context.Background()
	h, err := fnhttp.New(ctx, greeter())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer h.Close(ctx)
	show(h, "/goodbye")
	// Output:
	// 404 application/problem+json
	// {"type":"about:blank","title":"Not Found","status":404,"code":"not_found","detail":"nothing answers here"}
}

// An existing router becomes a function under a prefix, on every host.
func ExampleHandle() {
	old := http.NewServeMux()
	old.HandleFunc("GET /admin/users/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "user %s", r.PathValue("id"))
	})
	ctx := context.Background()
	h, err := fnhttp.New(ctx, greeter(fnhttp.Handle("admin.pages", old, fn.Route("/admin/"))))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer h.Close(ctx)
	show(h, "/admin/users/7")
	// Output:
	// 200 text/plain; charset=utf-8
	// user 7
}

// A handler beside the functions, on the HTTP host alone.
func ExampleMount() {
	ctx := context.Background()
	h, err := fnhttp.New(ctx, greeter(), fnhttp.Mount("GET /debug/", http.NotFoundHandler()))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer h.Close(ctx)
	show(h, "/debug/vars")
	// Output:
	// 404 text/plain; charset=utf-8
	// 404 page not found
}

// Two patterns that claim the same requests are found before anything is served.
func ExampleMount_conflict() {
	_, err := fnhttp.New(context.Background(), greeter(), fnhttp.Mount("GET /{greeting}/Ada", http.NotFoundHandler()))
	fmt.Println(err != nil)
	// Output: true
}

// Existing net/http middleware wraps everything.
func ExampleWrap() {
	noStore := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "no-store")
			next.ServeHTTP(w, r)
		})
	}
	ctx := context.Background()
	h, err := fnhttp.New(ctx, greeter(), fnhttp.Wrap(noStore))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer h.Close(ctx)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/hello/Ada", nil))
	fmt.Println(w.Header().Get("Cache-Control"))
	// Output: no-store
}

// What net/http knows and an In cannot say is in the native request.
func ExampleRequestFrom() {
	protocol := func(ctx context.Context, _ struct{}) (helloOutput, error) {
		if r, ok := fnhttp.RequestFrom(ctx); ok {
			return helloOutput{Text: r.Proto}, nil
		}
		return helloOutput{Text: "not over net/http"}, nil
	}
	ctx := context.Background()
	h, err := fnhttp.New(ctx, greeter(fn.New("greet.protocol", protocol, fn.Route("GET /protocol"))))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer h.Close(ctx)
	show(h, "/protocol")
	// Output:
	// 200 application/json
	// {"text":"HTTP/1.1"}
}

// The server stops when its context is done, or at SIGINT and SIGTERM.
func ExampleListenAndServe() {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	app := fn.NewApp[fn.NoConfig]("greeter", fn.Logger(quiet()))
	app.Add(fn.New("greet.hello", hello, fn.Route("GET /hello/{name}")))
	err := fnhttp.ListenAndServe(ctx, app, fnhttp.Addr("localhost:0"))
	fmt.Println(err)
	// Output: <nil>
}
