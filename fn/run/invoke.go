//go:build !lambda

package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
)

// invoke runs one function: typed with --in, or through the Lambda host with --event.
func invoke(ctx context.Context, app App, f *flags, streams IO) error {
	switch {
	case len(f.args) > 1:
		return usageError{fmt.Errorf("one NAME is expected, got %q", f.args)}
	case f.event != "" && f.in != "":
		return usageError{errors.New("--in and --event exclude each other")}
	case f.event != "":
		return invokeEvent(ctx, app, f, streams)
	case len(f.args) == 0:
		return usageError{errors.New("the NAME of a function is missing; the routes command lists them")}
	}
	return invokeTyped(ctx, app, f, streams)
}

// invokeTyped hands the In to the function as one JSON value and prints the Out.
func invokeTyped(ctx context.Context, app App, f *flags, streams IO) error {
	in, err := readArgument(f.in, streams.In)
	if err != nil {
		return err
	}
	name := f.args[0]
	started, err := startInvoked(ctx, app, name)
	if err != nil {
		return err
	}
	reply, invokeErr := started.unit.Host(hostName).Invoke(ctx, name, &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON(in)})
	if invokeErr != nil {
		err = problem(invokeErr)
	} else {
		_, err = fmt.Fprintf(streams.Out, "%s\n", reply.Body)
	}
	return errors.Join(err, started.stop(ctx))
}

// problem shows an error as callers get it, with the cause behind it: whoever
// invokes locally is the developer.
func problem(err error) error {
	var e *fn.Error
	if !errors.As(err, &e) {
		return err
	}
	text, encodeErr := e.AppendProblem(nil)
	if encodeErr != nil {
		return err
	}
	return fmt.Errorf("%w\n%s", err, text)
}

// invokeEvent hands an AWS event to the Lambda host and prints its response.
func invokeEvent(ctx context.Context, app App, f *flags, streams IO) error {
	event, err := readFile(f.event, streams.In)
	if err != nil {
		return err
	}
	selectors := f.args
	if f.only != "" {
		selectors = append(selectors, f.only)
	}
	started, err := startInvoked(ctx, app, selectors...)
	if err != nil {
		return err
	}
	response, err := answerEvent(ctx, started.unit.Host(hostName).Part(started, started.names...), event)
	if err == nil {
		_, err = fmt.Fprintf(streams.Out, "%s\n", response)
	}
	return errors.Join(err, started.stop(ctx))
}

// answerEvent hands the event to a host of the unit.
func answerEvent(ctx context.Context, unit *fn.Unit, event []byte) ([]byte, error) {
	host, err := fnlambda.New(ctx, unit)
	if err != nil {
		return nil, err
	}
	response, err := host.Invoke(ctx, event)
	return response, readable(err)
}

// readable is an error of Lambda as "not_found: book 9 does not exist": its own text
// is a Go struct. What it says is in its JSON, as whoever invokes gets it.
func readable(err error) error {
	var said struct {
		Type    string `json:"errorType"`
		Message string `json:"errorMessage"`
	}
	text, encodeErr := json.Marshal(err)
	if encodeErr != nil || json.Unmarshal(text, &said, json.RejectUnknownMembers(false)) != nil || said.Type == "" {
		return err
	}
	return fmt.Errorf("%s: %s", said.Type, said.Message)
}

// readArgument returns the argument's text, or the file behind @, or standard
// input for -. Nothing at all is an empty object.
func readArgument(argument string, stdin io.Reader) ([]byte, error) {
	switch name, isFile := strings.CutPrefix(argument, "@"); {
	case argument == "":
		return []byte("{}"), nil
	case isFile:
		return os.ReadFile(name)
	case argument == "-":
		return io.ReadAll(stdin)
	}
	return []byte(argument), nil
}

func readFile(name string, stdin io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(stdin)
	}
	return os.ReadFile(name)
}
