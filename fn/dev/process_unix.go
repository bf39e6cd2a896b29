//go:build unix

package dev

import (
	"errors"
	"os/exec"
	"syscall"
)

// detach gives the command a process group of its own: Ctrl-C at the terminal
// is then for the gateway alone, which ends the requests in flight first.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// terminate tells the command, and what it has started, to end, as Lambda does.
func terminate(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }

// The errors of a write that nobody reads, and of an address that is taken.
const (
	brokenPipe   = syscall.EPIPE
	addressInUse = syscall.EADDRINUSE
)

// gone reports whether no process has the id.
func gone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
