package dev

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/anygrain/anygrain/fn/grain"
	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// unit is a unit that runs: the Runtime API of its Lambda function, and the
// process that takes events from it.
type unit struct {
	grain.Unit
	binary  string
	env     []string
	out     *lines
	logs    *logs
	api     string                      // the address of the Runtime API
	current atomic.Pointer[incarnation] // the process at the moment
}

// incarnation is one process of a unit.
type incarnation struct {
	server *runtimeapi.Server
	gone   context.Context // ends with the process
	end    context.CancelCauseFunc
}

// concurrency is how many events a unit takes at once; it is more than functions
// can stand above one another, so that calls in circles do not wait for themselves.
const concurrency = 64

// Delays before a unit that ended is started again.
const (
	firstDelay = 200 * time.Millisecond
	mostDelay  = 5 * time.Second
	longLife   = 10 * time.Second // after which the delay begins anew
)

// startUnits starts the units and the Lambda API by which they call each other.
func startUnits(ctx context.Context, running *sync.WaitGroup, c Config, binaries map[string]string, logs *logs) (map[string]*unit, error) {
	units := map[string]*unit{}
	lambda, err := listen(ctx, running, &invokes{units})
	if err != nil {
		return nil, err
	}
	callees := grain.Callees(c.App, c.Units, "lambda:")
	for i, u := range c.Units {
		units[u.Name] = &unit{Unit: u, binary: binaries[u.Name], logs: logs, out: logs.lines(u.Name, i+1), env: []string{
			"ANYGRAIN_CALLEES=" + callees, "AWS_ENDPOINT_URL_LAMBDA=http://" + lambda,
			"_HANDLER=" + u.Handler, "AWS_LAMBDA_FUNCTION_NAME=" + u.Name,
			fmt.Sprintf("AWS_LAMBDA_MAX_CONCURRENCY=%d", concurrency),
		}}
	}
	for _, u := range units {
		if u.api, err = listen(ctx, running, u); err != nil {
			return nil, err
		}
		u.next()
	}
	for _, u := range units {
		running.Go(func() { u.supervise(ctx) })
	}
	return units, nil
}

// listen serves h on a free port of this machine until ctx ends.
func listen(ctx context.Context, running *sync.WaitGroup, h http.Handler) (addr string, err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("dev: %w", err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	running.Go(func() { _ = server.Serve(l) })
	running.Go(func() {
		<-ctx.Done()
		_ = server.Close()
	})
	return l.Addr().String(), nil
}

// ServeHTTP is the Runtime API.
func (u *unit) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.current.Load().server.ServeHTTP(w, r)
}

// next makes room for the next process.
func (u *unit) next() *incarnation {
	i := &incarnation{server: runtimeapi.New()}
	i.gone, i.end = context.WithCancelCause(context.Background())
	if old := u.current.Swap(i); old != nil {
		old.end(nil)
	}
	return i
}

// supervise runs the process, and runs it again when it ends, until ctx does.
func (u *unit) supervise(ctx context.Context) {
	delay := firstDelay
	for {
		begin := time.Now()
		err := u.run(ctx, u.current.Load())
		if ctx.Err() != nil {
			return
		}
		if time.Since(begin) > longLife {
			delay = firstDelay
		}
		u.logs.say("%s ended (%v); it is started again in %v", u.Name, err, delay)
		u.next()
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return
		}
		delay = min(2*delay, mostDelay)
	}
}

// run runs the process once.
func (u *unit) run(ctx context.Context, i *incarnation) error {
	cmd := exec.CommandContext(ctx, u.binary)
	cmd.Env = append(withDefaults(cmd.Environ()), u.env...)
	cmd.Env = append(cmd.Env, "AWS_LAMBDA_RUNTIME_API="+u.api)
	cmd.Stdout, cmd.Stderr = u.out, u.out
	cmd.Cancel = func() error { return askToStop(cmd.Process) }
	cmd.WaitDelay = stopTime
	err := cmd.Run()
	u.out.flush()
	if err == nil {
		err = errors.New("exit status 0")
	}
	i.end(err)
	return err
}

// withDefaults adds what Lambda sets and a laptop may lack: a region and
// credentials. Those that are there stay, for what the functions themselves do
// with AWS.
func withDefaults(env []string) []string {
	for _, variable := range []string{"AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=local", "AWS_SECRET_ACCESS_KEY=local"} {
		name, _, _ := strings.Cut(variable, "=")
		if !hasVariable(env, name) {
			env = append(env, variable)
		}
	}
	return env
}

func hasVariable(env []string, name string) bool {
	for _, e := range env {
		if strings.HasPrefix(e, name+"=") {
			return true
		}
	}
	return false
}

// invoke hands the event to the process, and fails as Lambda does when that ends.
func (u *unit) invoke(ctx context.Context, invocation runtimeapi.Invocation) (runtimeapi.Result, error) {
	i := u.current.Load()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(i.gone, cancel)()
	result, err := i.server.Invoke(ctx, invocation)
	if err != nil && i.gone.Err() != nil {
		return runtimeapi.Result{ErrorType: "Unhandled", Payload: fmt.Appendf(nil,
			`{"errorType":"Runtime.ExitError","errorMessage":%q}`, "RequestId: "+invocation.RequestID+" Error: Runtime exited")}, nil
	}
	var failed *runtimeapi.InitError
	if errors.As(err, &failed) {
		return runtimeapi.Result{ErrorType: "Unhandled", Payload: failed.Payload}, nil
	}
	return result, err
}
