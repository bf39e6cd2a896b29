package dev

import "os"

// askToStop ends the process: Windows has no signal that asks.
func askToStop(p *os.Process) error { return p.Kill() }
