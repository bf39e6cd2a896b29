package coldstart

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// Start is what was measured of one start.
type Start struct {
	Next     time.Duration // from exec until it asks for an event
	Response time.Duration // from exec until it answers the event, which waited for it
	CPU      time.Duration // that it took of all processors until then
	Memory   Memory        // once it has answered
}

// patience is how long a start may take before it is given up.
const patience = 20 * time.Second

// Start runs the program until it has answered one event, and looks whether the
// answer is right.
func (b Binary) Start(ctx context.Context) (Start, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	event, asked, err := b.event()
	if err != nil {
		return Start{}, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return Start{}, err
	}
	api := runtimeapi.New()
	answers := invoke(ctx, api, event)
	c := &clock{api: api, begin: time.Now()}
	server := &http.Server{Handler: c, ReadHeaderTimeout: patience}
	go func() { _ = server.Serve(l) }()
	defer func() { _ = server.Close() }()

	p, err := start(ctx, b.path, l.Addr().String())
	if err != nil {
		return Start{}, err
	}
	memory, err := b.watch(p, asked, answers)
	p.end()
	if err != nil {
		return Start{}, fmt.Errorf("%s: %w\n%s", b.Name, err, p.log.String())
	}
	next, response := c.read()
	return Start{next, response, p.processorTime(), memory}, nil
}

// answer is what came back for the event.
type answer struct {
	result runtimeapi.Result
	err    error
}

// invoke has the event ready for whoever asks first.
func invoke(ctx context.Context, api *runtimeapi.Server, event []byte) <-chan answer {
	answers := make(chan answer, 1)
	go func() {
		result, err := api.Invoke(ctx, runtimeapi.Invocation{Payload: event})
		answers <- answer{result, err}
	}()
	return answers
}

// watch waits for the answer, and looks at the process and at the answer.
func (b Binary) watch(p *process, asked work.Request, answers <-chan answer) (Memory, error) {
	select {
	case a := <-answers:
		memory, err := memoryOf(p.cmd.Process.Pid)
		return memory, errors.Join(err, b.right(asked, a))
	case <-p.ended:
		return Memory{}, errors.New("it ended before it had answered")
	}
}

func (b Binary) right(asked work.Request, a answer) error {
	switch {
	case a.err != nil:
		return a.err
	case a.result.ErrorType != "":
		return fmt.Errorf("%s: %s", a.result.ErrorType, a.result.Payload)
	}
	return b.check(asked, a.result.Payload)
}
