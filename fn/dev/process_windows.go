package dev

import (
	"os"
	"os/exec"
	"syscall"
)

// detach keeps Ctrl-C at the console from the command: the gateway ends the
// requests in flight first.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// terminate kills the command: Windows has no SIGTERM, so that stop hooks do not run.
func terminate(cmd *exec.Cmd) error { return cmd.Process.Kill() }

// The errors of a write that nobody reads (ERROR_NO_DATA), and of an address that
// is taken (WSAEADDRINUSE).
const (
	brokenPipe   = syscall.Errno(232)
	addressInUse = syscall.Errno(10048)
)

// gone reports whether no process has the id: Windows opens a process to find it.
func gone(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	_ = p.Release()
	return false
}
