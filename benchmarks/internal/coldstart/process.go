package coldstart

import (
	"context"
	"os/exec"
	"strings"
	"time"
)

// process is a function that runs.
type process struct {
	cmd   *exec.Cmd
	log   strings.Builder // to be read when it has ended
	kill  context.CancelFunc
	ended chan struct{}
}

// environment has what Lambda sets for a function and the runtime client reads.
func environment(api string) []string {
	return []string{"AWS_LAMBDA_RUNTIME_API=" + api, "AWS_LAMBDA_FUNCTION_NAME=things", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=1024", "AWS_REGION=eu-west-1", "_HANDLER=bootstrap"}
}

// start runs a binary as a function, until end or the end of ctx.
func start(ctx context.Context, binary, api string) (*process, error) {
	ctx, kill := context.WithCancel(ctx)
	p := &process{cmd: exec.CommandContext(ctx, binary), kill: kill, ended: make(chan struct{})}
	p.cmd.Env = environment(api)
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	if err := p.cmd.Start(); err != nil {
		kill()
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.ended)
	}()
	return p, nil
}

func (p *process) end() {
	p.kill()
	<-p.ended
}

// processorTime is what it took of all processors, once it has ended.
func (p *process) processorTime() time.Duration {
	return p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
}
