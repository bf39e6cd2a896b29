package coldstart

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/frontdoor"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// Start is what was measured of one start.
type Start struct {
	Next     time.Duration // from exec until it asks for an event
	Response time.Duration // from exec until it has answered the event, which waited for it
	CPU      time.Duration // that it took of all cores until then
	Memory   Memory        // once it has answered
}

// patience is how long a start may take before it is given up.
const patience = 20 * time.Second

// Start runs the program until it has answered one event, and looks whether the
// answer is right.
func (b Binary) Start(ctx context.Context) (Start, error) {
	event, err := frontdoor.Event(awsevent.HTTPAPI, get())
	if err != nil {
		return Start{}, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return Start{}, err
	}
	api := runtimeapi.New()
	server := &http.Server{Handler: api, ReadHeaderTimeout: patience}
	go func() { _ = server.Serve(l) }()
	defer func() { _ = server.Close() }()
	return b.run(ctx, api, l.Addr().String(), event)
}

func (b Binary) run(ctx context.Context, api *runtimeapi.Server, address string, event []byte) (Start, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var log strings.Builder
	cmd := exec.CommandContext(ctx, b.path) // killed when ctx ends
	cmd.Env = environment(address)
	cmd.Stdout, cmd.Stderr = &log, &log

	begin := time.Now()
	answers := invoke(ctx, api, event, begin)
	if err := cmd.Start(); err != nil {
		return Start{}, err
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		cancel() // nobody is going to answer any more
		close(ended)
	}()
	s, err := b.watch(ctx, api, answers, begin, cmd.Process.Pid)
	cancel()
	<-ended
	if err != nil {
		return Start{}, fmt.Errorf("%s: %w\n%s", b.Name, err, log.String())
	}
	s.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return s, nil
}

// environment has what Lambda sets for a function and the runtime client reads.
func environment(api string) []string {
	return []string{"AWS_LAMBDA_RUNTIME_API=" + api, "AWS_LAMBDA_FUNCTION_NAME=things", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=1024", "AWS_REGION=eu-west-1", "_HANDLER=bootstrap"}
}

// answer is the first response, and when it was there.
type answer struct {
	result runtimeapi.Result
	err    error
	after  time.Duration
}

// invoke has the event ready for whoever asks first.
func invoke(ctx context.Context, api *runtimeapi.Server, event []byte, begin time.Time) <-chan answer {
	answers := make(chan answer, 1)
	go func() {
		result, err := api.Invoke(ctx, runtimeapi.Invocation{Payload: event})
		answers <- answer{result, err, time.Since(begin)}
	}()
	return answers
}

// watch waits for both moments, and then looks at the process.
func (b Binary) watch(ctx context.Context, api *runtimeapi.Server, answers <-chan answer, begin time.Time, pid int) (Start, error) {
	if err := api.Ready(ctx); err != nil {
		return Start{}, err
	}
	s := Start{Next: time.Since(begin)}
	a := <-answers
	if a.err != nil {
		return Start{}, a.err
	}
	s.Response = a.after
	s.Next = min(s.Next, s.Response) // this side can notice it a moment after the answer
	var err error
	if s.Memory, err = memoryOf(pid); err != nil {
		return Start{}, err
	}
	if a.result.ErrorType != "" {
		return Start{}, fmt.Errorf("%s: %s", a.result.ErrorType, a.result.Payload)
	}
	return s, b.check(a.result.Payload)
}
