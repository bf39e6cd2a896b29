//go:build unix

package dev

import (
	"os/exec"
	"syscall"
)

// detach gives the command a process group of its own: Ctrl-C at the terminal
// is then for the gateway alone, which ends the requests in flight first.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// terminate tells the command, and what it has started, to end, as Lambda does.
func terminate(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
