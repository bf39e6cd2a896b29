package dev

import (
	"context"
	"errors"
	"os/exec"

	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// process is one run of a unit's binary, from its start to its exit.
type process struct {
	api   *runtimeapi.Server
	alive context.Context // ends when it has exited
	exit  context.CancelFunc
}

// newProcess returns one that is not started yet. It outlives the context of
// whoever asks for it to end.
func newProcess(ctx context.Context) *process {
	alive, exit := context.WithCancel(context.WithoutCancel(ctx))
	return &process{api: runtimeapi.New(), alive: alive, exit: exit}
}

// command is how the unit's binary is run until ctx ends: it is told to end
// then, and killed after the grace.
func (w *worker) command(ctx context.Context) *exec.Cmd {
	cmd := exec.CommandContext(ctx, w.binary)
	cmd.Env = w.env
	cmd.Dir = w.dir
	cmd.Stdout, cmd.Stderr = w.log, w.log
	detach(cmd)
	cmd.Cancel = func() error { return terminate(cmd) }
	cmd.WaitDelay = w.grace
	return cmd
}

// run runs the command to its end and says what came of it.
func (p *process) run(cmd *exec.Cmd) ending {
	e := ending{status: cmd.Run()}
	if cmd.ProcessState != nil {
		e.status = errors.New(cmd.ProcessState.String())
	}
	past, cancel := context.WithCancel(p.alive)
	cancel()
	err := p.api.Ready(past)
	e.ready = err == nil
	if report, ok := errors.AsType[*runtimeapi.InitError](err); ok {
		e.report = report.Payload
	}
	return e
}

// ending is how a process ended.
type ending struct {
	status error  // "exit status 3", or why it could not be started
	ready  bool   // it had asked for an event
	report []byte // of its failed init; nil when there is none
}
