// The program compare runs all comparisons and prints their tables.
//
//	go run ./cmd/compare                         everything
//	go run ./cmd/compare -only http -rounds 5    one part
//	go run ./cmd/compare -write                  into docs/benchmarks.md too
//
// Contenders take turns, in another order in each round, so that whatever else
// the machine does meets them all. A table has the medians of the rounds, and
// their ratios to the reference of the same run. All measurements are kept in a
// file that benchstat reads.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// settings are the flags.
type settings struct {
	only      string
	rounds    int
	starts    int
	benchtime time.Duration
	duration  time.Duration
	raw       string
	write     bool
}

func main() {
	s, err := parseFlags(os.Args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
		return
	case err != nil:
		os.Exit(2) // the flag set has said why
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := compare(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		stop()
		os.Exit(1)
	}
}

// parseFlags has a set of its own: packages that are linked in register flags.
func parseFlags(arguments []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.StringVar(&s.only, "only", "", "the parts to run, separated by commas; there are "+partNames())
	flags.IntVar(&s.rounds, "rounds", 10, "how often each contender has its turn")
	flags.IntVar(&s.starts, "starts", 40, "how often each program is started, for cold starts")
	flags.DurationVar(&s.benchtime, "benchtime", 300*time.Millisecond, "how long one turn of a benchmark takes")
	flags.DurationVar(&s.duration, "duration", 3*time.Second, "how long a server is kept busy in one turn")
	flags.StringVar(&s.raw, "raw", "compare.out", "the file for all measurements")
	flags.BoolVar(&s.write, "write", false, "write the tables into docs/benchmarks.md")
	err := flags.Parse(arguments)
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unknown argument %q", flags.Arg(0))
		fmt.Fprintln(os.Stderr, err)
	}
	return s, err
}

func compare(ctx context.Context, s settings) (err error) {
	wanted, err := choose(s.only)
	if err != nil {
		return err
	}
	c, err := open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	for _, p := range wanted {
		if err := c.measure(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}
