package dev

import (
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
