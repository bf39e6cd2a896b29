package dev

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
)

// workdirName is anygrain-dev-PID-RANDOM: whose the directory is stands in its name.
var workdirName = regexp.MustCompile(`^anygrain-dev-(\d+)-\d+$`)

// newWorkdir makes the directory for the binaries of a deployment, and removes those
// of processes that were killed before they could do it themselves.
func newWorkdir() (string, error) {
	sweep(os.TempDir())
	return os.MkdirTemp("", fmt.Sprintf("anygrain-dev-%d-", os.Getpid()))
}

// sweep removes the directories whose process is gone. What cannot be removed is
// somebody else's, and stays.
func sweep(temp string) {
	entries, _ := os.ReadDir(temp)
	for _, e := range entries {
		owner := workdirName.FindStringSubmatch(e.Name())
		if owner == nil || !e.IsDir() {
			continue
		}
		if pid, err := strconv.Atoi(owner[1]); err == nil && pid > 0 && gone(pid) {
			_ = os.RemoveAll(filepath.Join(temp, e.Name()))
		}
	}
}
