package coldstart

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Memory is what the system says of a process, in bytes.
type Memory struct {
	Resident int64 // VmRSS
	Peak     int64 // VmHWM: the most that was resident
}

// Supported says why nothing can be measured here: the memory of a process is read
// from /proc (man 5 proc_pid_status).
func Supported() error {
	if _, err := memoryOf(os.Getpid()); err != nil {
		return fmt.Errorf("cold starts are measured on Linux alone: %w", err)
	}
	return nil
}

func memoryOf(pid int) (Memory, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return Memory{}, err
	}
	resident, err := field(string(status), "VmRSS")
	if err != nil {
		return Memory{}, err
	}
	peak, err := field(string(status), "VmHWM")
	return Memory{resident, peak}, err
}

// field reads a line such as "VmRSS:	    9876 kB".
func field(status, name string) (int64, error) {
	_, rest, ok := strings.Cut(status, name+":")
	if !ok {
		return 0, fmt.Errorf("the status of the process has no %s", name)
	}
	line, _, _ := strings.Cut(rest, "\n")
	kilobytes, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(line, "kB")), 10, 64)
	return kilobytes * 1024, err
}
