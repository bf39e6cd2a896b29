package remote_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/remote"
	"github.com/anygrain/anygrain/internal/tenant"
)

var someone = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", SessionToken: "session-token"}, nil
})

// traced is a context of aws-lambda-go, whose key is a string.
type traced struct{ context.Context }

func (c traced) Value(key any) any {
	if key == "x-amzn-trace-id" {
		return "Root=1-2-3"
	}
	return c.Context.Value(key)
}

// legs are both ways to the server.
func legs(t *testing.T, url string) map[string]*remote.Transport {
	t.Helper()
	environment := config.Map{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "hunter22hunter22",
		"AWS_ENDPOINT_URL": "http://elsewhere.invalid", "AWS_ENDPOINT_URL_LAMBDA": url, "ANYGRAIN_CALL_SECRET": "hunter22hunter22",
	}
	all := map[string]*remote.Transport{}
	for name, callees := range map[string]string{"lambda": "*=lambda:shop-{group}:live", "http": "*=" + url} {
		environment["ANYGRAIN_CALLEES"] = callees
		tr, err := remote.FromEnvironment(t.Context(), environment)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(tr.Close)
		all[name] = tr
	}
	return all
}

func TestACallIsOnePost(t *testing.T) {
	var got *http.Request
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		_, _ = io.WriteString(w, "the answer")
	}))
	defer server.Close()
	wants := map[string]struct{ path, query, header, value string }{
		"lambda": {"/2015-03-31/functions/shop-orders/invocations", "Qualifier=live", "X-Amz-Invocation-Type", "RequestResponse"},
		"http":   {"/.anygrain/call/orders.get", "", "Authorization", "Bearer hunter22hunter22"},
	}
	for name, tr := range legs(t, server.URL) {
		t.Run(name, func(t *testing.T) {
			ctx := traced{t.Context()}
			answer, err := tr.Carry(ctx, "orders.get", []byte("the call"))
			if err != nil || string(answer) != "the answer" || string(body) != "the call" {
				t.Fatalf("got %s, %v; sent %s", answer, err, body)
			}
			want := wants[name]
			if got.Method != "POST" || got.URL.Path != want.path || got.URL.RawQuery != want.query || got.Header.Get(want.header) != want.value {
				t.Errorf("sent %s %v %v", got.Method, got.URL, got.Header)
			}
			if name == "lambda" && (got.Header.Get("X-Amzn-Trace-Id") != "Root=1-2-3" || !strings.HasPrefix(got.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")) {
				t.Errorf("sent %v", got.Header)
			}
		})
	}
}

// The wanted signatures were made by botocore 1.44.5 (SigV4Auth) for the same
// request, credentials and time.
func TestTheSignatureIsAWSsOwn(t *testing.T) {
	const body = `{"function":"orders.get","in":{}}`
	for target, want := range map[string]string{
		"shop-orders": "6c06e1bfc3aeefdeaadb29aec0356f1a1cebcf03a4b8c07741677a9f015dc8b0",
		"arn:aws:lambda:eu-west-1:123456789012:function:shop-orders:live": "94d9a5e5d97923858b7a1bbbafd6d9f005ad881952ef10a1a3601c0604cc87ae",
	} {
		var header http.Header
		tr, err := remote.New("*=lambda:"+target, remote.Region("eu-west-1"), remote.SignWith(someone), remote.RoundTripper(roundTrip(func(r *http.Request) (*http.Response, error) {
			header = r.Header
			return nil, errors.New("not sent")
		})))
		if err != nil {
			t.Fatal(err)
		}
		remote.SetClock(tr, time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC))
		_, _ = tr.Carry(t.Context(), "orders.get", []byte(body))
		if got := header.Get("Authorization"); !strings.HasSuffix(got, "Signature="+want) {
			t.Errorf("%s: got %s, want %s", target, got, want)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestFaults(t *testing.T) {
	status := func(code int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = io.WriteString(w, body)
		}
	}
	tests := map[string]struct {
		answer http.HandlerFunc
		code   fn.Code // 0: no *fn.Error, which counts as Unavailable
		text   string
		leg    string // "" for both
	}{
		"throttled":        {status(429, `{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded"}`), 0, "429", ""},
		"throttled, why":   {status(429, `{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded"}`), 0, "as is reserved for it; reserve more", "lambda"},
		"broken":           {status(502, "bad gateway"), 0, "502", ""},
		"no such function": {status(404, `{"Type":"User"}`), fn.Unimplemented, "404", ""},
		"refused":          {status(403, "no"), fn.Internal, "403", ""},
		"unknown":          {status(401, "no"), fn.Internal, "401", ""},
		"too large":        {status(413, ""), fn.ResourceExhausted, "413", ""},
		"moved":            {status(302, ""), 0, "302", ""},
		"much to say":      {status(500, strings.Repeat("x", 5000)), 0, "… (5000 bytes)", ""},
		"the answer is too large": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.Copy(w, io.LimitReader(zeros{}, 7<<20))
		}, fn.ResourceExhausted, "the answer has more than", ""},
		"half a response": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, 0, "broke off", ""},
		"cut before anything": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 0, "EOF", ""},
		"the secret comes back": {func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(500)
			_, _ = io.WriteString(w, "I got "+r.Header.Get("Authorization"))
		}, 0, "I got ", ""},
		"the connection is handed over": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err)
			}
			_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
			_, _ = io.Copy(io.Discard, conn) // until the caller gives up
			_ = conn.Close()
		}, 0, "101", ""},
		"the function crashed": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Amz-Function-Error", "Unhandled")
			_, _ = io.WriteString(w, `{"errorType":"Runtime.ExitError"}`)
		}, 0, "failed (Unhandled): ", "lambda"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var requests atomic.Int32
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				test.answer(w, r)
			}))
			server.Config.ErrorLog = quiet
			server.Start()
			defer server.Close()
			for leg, tr := range legs(t, server.URL) {
				if test.leg != "" && test.leg != leg {
					continue
				}
				requests.Store(0)
				_, err := tr.Carry(t.Context(), "orders.get", []byte("{}"))
				own, ok := errors.AsType[*fn.Error](err)
				switch {
				case err == nil, ok != (test.code != 0), ok && own.Code() != test.code, !strings.Contains(err.Error(), test.text):
					t.Errorf("%s: got %v", leg, err)
				case !strings.Contains(err.Error(), `by the rule "*=`):
					t.Errorf("%s: the rule is not named: %v", leg, err)
				case strings.Contains(err.Error(), "hunter22"):
					t.Errorf("%s: a secret is shown: %v", leg, err)
				}
				if n := requests.Load(); n != 1 {
					t.Errorf("%s: sent %d times", leg, n)
				}
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	for leg, tr := range legs(t, "http://"+l.Addr().String()) {
		if _, err := tr.Carry(t.Context(), "orders.get", nil); err == nil || !strings.Contains(err.Error(), "connection refused") && !strings.Contains(err.Error(), "refused") {
			t.Errorf("%s: got %v", leg, err)
		}
	}
}

func TestASlowCalleeIsGivenUp(t *testing.T) {
	arrived := make(chan struct{}, 2)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		arrived <- struct{}{}
		<-r.Context().Done() // the caller hung up
	}))
	defer server.Close()
	for leg, tr := range legs(t, server.URL) {
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-arrived; cancel() }()
		if _, err := tr.Carry(ctx, "orders.get", []byte("{}")); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", leg, err)
		}
	}
}

// A redirect is not followed: the secret is for one host.
func TestRedirectsAreNotFollowed(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	server := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	for leg, tr := range legs(t, server.URL) {
		if _, err := tr.Carry(t.Context(), "orders.get", []byte("{}")); err == nil || elsewhere.Load() != 0 {
			t.Errorf("%s: %v, %d requests elsewhere", leg, err, elsewhere.Load())
		}
	}
}

func TestALargeCallIsNotSent(t *testing.T) {
	for leg, tr := range legs(t, "http://nowhere.invalid") {
		if _, err := tr.Carry(t.Context(), "orders.get", make([]byte, 6<<20+1)); fn.CodeOf(err) != fn.ResourceExhausted {
			t.Errorf("%s: %v", leg, err)
		}
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	tests := map[string]struct {
		options []remote.Option
		want    string
	}{
		"the region":      {nil, "set AWS_REGION"},
		"the credentials": {[]remote.Option{remote.Region("eu-west-1")}, "there are no AWS credentials"},
		"the provider fails": {[]remote.Option{remote.Region("eu-west-1"), remote.SignWith(aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{}, iotest.ErrTimeout
		}))}, "cannot be had"},
	}
	for name, test := range tests {
		tr, err := remote.New("*=lambda:x", test.options...)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = tr.Carry(t.Context(), "orders.get", nil); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Calls that fail, that are given up and that succeed leave no connection and no
// goroutine once the transport is closed.
func TestNothingIsLeftBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch string(body) {
		case "hang":
			<-r.Context().Done()
		case "cut":
			panic(http.ErrAbortHandler)
		case "half":
			w.Header().Set("Content-Length", "100")
		}
		_, _ = w.Write(body)
	}))
	server.Config.ErrorLog = quiet
	server.Start()
	transports := legs(t, server.URL)
	var calls sync.WaitGroup
	for _, tr := range transports {
		for _, body := range []string{"fine", "hang", "cut", "half", "fine", "hang", "cut", "half"} {
			calls.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
				defer cancel()
				answer, err := tr.Carry(ctx, "orders.get", []byte(body))
				if (err == nil) != (body == "fine") && ctx.Err() == nil {
					t.Errorf("%s: got %s, %v", body, answer, err)
				}
			})
		}
	}
	calls.Wait()
	for _, tr := range transports {
		tr.Close()
	}
	server.Close()
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// Another try would not find a region.
func TestACallWithoutARegionIsNotTriedAgain(t *testing.T) {
	tr, err := remote.New("*=lambda:shop", remote.SignWith(someone))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Carry(t.Context(), "orders.get", nil); fn.CodeOf(err) != fn.Internal || !strings.Contains(err.Error(), "AWS_REGION") {
		t.Errorf("got %v", err)
	}
}

// The tenant that an invocation is for is named again, and nothing where there is none.
func TestTheTenantIsNamed(t *testing.T) {
	for _, id := range []string{"", "blue"} {
		var header http.Header
		tr, err := remote.New("*=lambda:shop", remote.Region("eu-west-1"), remote.SignWith(someone), remote.RoundTripper(roundTrip(func(r *http.Request) (*http.Response, error) {
			header = r.Header
			return nil, errors.New("not sent")
		})))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = tr.Carry(tenant.With(t.Context(), id), "orders.get", []byte("{}"))
		if got := header.Get("X-Amz-Tenant-Id"); got != id {
			t.Errorf("got %q, want %q", got, id)
		}
		if signed := strings.Contains(header.Get("Authorization"), "x-amz-tenant-id"); signed != (id != "") {
			t.Errorf("%q: signed %v", id, signed)
		}
	}
}
