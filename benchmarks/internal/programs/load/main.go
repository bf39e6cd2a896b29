// The program load loads a server where wrk is not installed, and prints what wrk
// prints.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/load"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

func main() {
	url := flag.String("url", "", "the server, as http://localhost:8080")
	workload := flag.String("workload", "get", "which requests")
	connections := flag.Int("connections", 16, "how many wait for an answer at any time")
	duration := flag.Duration("duration", 3*time.Second, "for how long")
	flag.Parse()
	if err := run(*url, *workload, *connections, *duration); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(url, workload string, connections int, d time.Duration) error {
	w, ok := work.Named(workload)
	if !ok {
		return fmt.Errorf("there is no workload %q", workload)
	}
	got, err := load.Run(context.Background(), url, w, connections, d)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("99%% %fus\nRequests/sec: %f\n", float64(got.P99)/float64(time.Microsecond), got.PerSecond)
	return err
}
