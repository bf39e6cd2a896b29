//go:build !lambda

package run

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// IO is where a command reads and writes.
type IO struct {
	In  io.Reader // what an argument of - reads
	Out io.Writer // results
	Err io.Writer // errors and help after an error
}

// Command runs one local command and returns the exit status. It is Main
// without the process: for programs that have commands of their own, and for tests.
func Command(ctx context.Context, app App, args []string, streams IO) int {
	name, rest := "serve", args
	if len(args) > 0 && (!strings.HasPrefix(args[0], "-") || isHelp(args[0])) {
		name, rest = args[0], args[1:]
	}
	if isHelp(name) {
		_, _ = fmt.Fprint(streams.Out, usage(app))
		return 0
	}
	for _, c := range commands() {
		if c.name == name {
			return c.exec(ctx, callingApp{app}, rest, streams)
		}
	}
	_, _ = fmt.Fprintf(streams.Err, "%s: there is no command %q\n\n%s", app.Name(), name, usage(app))
	return 2
}

func isHelp(arg string) bool {
	switch arg {
	case "help", "-h", "-help", "--help":
		return true
	}
	return false
}

// command is one subcommand: flags are declared on the set, then run gets the
// arguments that are none.
type command struct {
	name     string
	operands string // in the usage line
	about    string
	run      func(ctx context.Context, app App, flags *flags, streams IO) error
}

func commands() []command {
	return []command{
		{"serve", "", "serve the functions over HTTP (the default)", serve},
		{"routes", "", "list the functions with their triggers, fields and places", routes},
		{"config", "", "list the variables that the config reads", showConfig},
		{"graph", "", "draw which functions call which, and with --grain which calls are remote", graph},
		{"units", "", "list the units of a --grain with their functions and build commands", units},
		{"dev", "", "run the units of a --grain as Lambda processes behind one local gateway", runUnits},
		{"check", "", "check declarations, the cut by a --grain, calls and build tags; it builds nothing", check},
		{"invoke", "NAME", "invoke one function with --in JSON or --event FILE", invoke},
	}
}

// flags are those of all commands; a command uses the ones it knows.
type flags struct {
	addr string

	strict bool
	only   string
	in     string
	event  string
	json   bool

	grain  string
	format string

	args []string
}

// usageError is a command line that was not understood.
type usageError struct{ error }

// declare adds the flags that the command knows.
func (c command) declare(f *flags) *flag.FlagSet {
	set := flag.NewFlagSet(c.name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	c.declareShared(set, f)
	switch c.name {
	case "graph":
		set.StringVar(&f.format, "format", "text", "text, mermaid or dot")
	case "dev":
		set.StringVar(&f.addr, "addr", "", "the gateway listens on this `address` (default localhost:8080)")
		set.StringVar(&f.format, "format", "2.0", "of the events: payload 2.0 or 1.0 of an HTTP API, or rest")
	case "units":
		set.BoolVar(&f.json, "json", false, "print JSON")
	case "serve":
		set.StringVar(&f.addr, "addr", "", "listen on this `address` (default localhost:8080, or $ANYGRAIN_ADDR)")
		set.BoolVar(&f.strict, "strict", false, "calls that fn.Needs does not declare fail, and all are passed as JSON, as in tests and dev")
	case "routes", "config":
		set.BoolVar(&f.json, "json", false, "print JSON")
	case "invoke":
		set.StringVar(&f.in, "in", "", "the whole In as `JSON`; @file reads a file, - standard input")
		set.StringVar(&f.event, "event", "", "an AWS event in a `file`, - for standard input; NAME may be left out")
	}
	return set
}

// declareShared adds the flags that several commands know.
func (c command) declareShared(set *flag.FlagSet, f *flags) {
	if without, ok := map[string]string{
		"graph": "default: not at all", "units": "default group", "dev": "default group", "check": "default: each of the first three",
	}[c.name]; ok {
		set.StringVar(&f.grain, "grain", "", "cut the app by this `grain`: app, group, function, or the name of a file with a partition ("+without+")")
	}
	if what, ok := map[string]string{
		"serve": "serve only", "routes": "list only", "invoke": "with --event, hand it only to",
	}[c.name]; ok {
		set.StringVar(&f.only, "only", "", what+" what the `selectors` name: orders.get, orders.*, several with commas (default everything)")
	}
}

// exec parses the flags, which may stand before and behind the operands, and runs the command.
func (c command) exec(ctx context.Context, app App, args []string, streams IO) int {
	f := &flags{}
	set := c.declare(f)
	err := parseInterspersed(set, args, f)
	if errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprint(streams.Out, c.usage(app, set))
		return 0
	}
	if err == nil {
		err = c.run(ctx, app, f, streams)
	} else {
		err = usageError{err}
	}
	var misuse usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &misuse):
		_, _ = fmt.Fprintf(streams.Err, "%s %s: %v\n\n%s", app.Name(), c.name, err, c.usage(app, set))
		return 2
	}
	_, _ = fmt.Fprintf(streams.Err, "%s %s: %v\n", app.Name(), c.name, err)
	return 1
}

func parseInterspersed(set *flag.FlagSet, args []string, f *flags) error {
	for {
		if err := set.Parse(args); err != nil {
			return err
		}
		if set.NArg() == 0 {
			return nil
		}
		f.args = append(f.args, set.Arg(0))
		args = set.Args()[1:]
	}
}

// selected turns --only into a start option.
func (f *flags) selected() []fn.StartOption {
	if f.only == "" {
		return nil
	}
	return []fn.StartOption{fn.Select(f.only)}
}

// noOperands refuses arguments that a command would ignore.
func (f *flags) noOperands() error {
	if len(f.args) > 0 {
		return usageError{fmt.Errorf("unexpected argument %q", f.args[0])}
	}
	return nil
}

func usage(app App) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s [command] [flags]\n\nCommands:\n", app.Name())
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-12s %s\n", strings.TrimSpace(c.name+" "+c.operands), c.about)
	}
	fmt.Fprintf(&b, "  %-12s %s\n\nFlags of a command: %s COMMAND -h\n", "help", "show this", app.Name())
	return b.String()
}

func (c command) usage(app App, set *flag.FlagSet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s [flags]\n\n%s\n\nFlags:\n", strings.Join(strings.Fields(app.Name()+" "+c.name+" "+c.operands), " "), c.about)
	set.SetOutput(&b)
	set.PrintDefaults()
	set.SetOutput(io.Discard)
	return b.String()
}
