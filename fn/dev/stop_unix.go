//go:build !windows

package dev

import (
	"os"
	"syscall"
)

// askToStop sends what Lambda sends before it ends a function.
func askToStop(p *os.Process) error { return p.Signal(syscall.SIGTERM) }
