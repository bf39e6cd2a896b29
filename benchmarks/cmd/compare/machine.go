package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"time"
)

// machine says when and on what something was measured.
func machine() string {
	return fmt.Sprintf("%s, %s/%s, %s, %d processors, %s",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, processor(), runtime.NumCPU(), time.Now().Format("2 January 2006"))
}

var modelName = regexp.MustCompile(`(?m)^model name\s*: (.*)$`)

// processor is its name where the system tells.
func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if m := modelName.FindSubmatch(text); err == nil && m != nil {
		return string(m[1])
	}
	return "unknown"
}
