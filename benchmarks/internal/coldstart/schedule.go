package coldstart

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// processorTimeOf is what the threads of a running process have had of all
// processors, to the nanosecond (Linux, Documentation/scheduler/sched-stats.rst).
// A thread that has ended is not counted; Go's threads do not end.
func processorTimeOf(pid int) (time.Duration, error) {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err != nil || len(files) == 0 {
		return 0, fmt.Errorf("the threads of process %d cannot be read: %w", pid, os.ErrNotExist)
	}
	total := time.Duration(0)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		var running time.Duration
		if _, err := fmt.Sscan(string(text), &running); err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		total += running
	}
	return total, nil
}
