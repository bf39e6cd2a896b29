// Package coldstart runs Lambda functions from exec to their first response, over
// a stand-in of the Runtime API.
package coldstart

import (
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/frontdoor"
	"github.com/anygrain/anygrain/benchmarks/internal/many"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// Program is a Lambda function as a program of its own.
type Program struct {
	Name  string
	pkg   string
	tags  string // beside those of all
	asked string // the workload that its event carries, "" for one of many functions
	check func(asked work.Request, answer []byte) error

	functions int  // how many it is built with, 0 for what stands in its files
	named     bool // the event names the route of the one that is asked
	checked   bool // built as what has been checked
	symbols   bool // built with its symbols
}

// WithSymbols is the program with the names of its symbols, to weigh them.
func (p Program) WithSymbols() Program {
	p.symbols = true
	return p
}

// tags are those of every program; the second leaves out the net/rpc of a runtime
// that AWS has retired, the third lets the linker drop methods that nothing calls.
const tags = "lambda,lambda.norpc,validator_novalidatefn"

// Started lists the programs whose cold starts are compared, the reference first.
func Started() []Program {
	return []Program{
		{Name: "byhand", pkg: "byhand", asked: "get", check: right}, // aws-lambda-go, validator, zerolog
		{Name: "anygrain", pkg: "anygrain", asked: "get", check: right},
		{Name: "novalidator", pkg: "novalidator", asked: "get", check: right}, // aws-lambda-go alone
		{Name: "hello", pkg: "hello", asked: "get", check: rightHello},        // it says hello and reads nothing
	}
}

// Served lists the programs that are kept running for a workload, get or post1k,
// the reference first.
func Served(workload string) []Program {
	post := map[string]string{"get": "", "post1k": "post"}[workload]
	return []Program{
		{Name: "byhand", pkg: "byhand", tags: post, asked: workload, check: right},
		{Name: "anygrain", pkg: "anygrain", tags: post, asked: workload, check: right},
		{Name: "no-timeout", pkg: "anygrain", tags: strings.TrimSuffix("no_timeout,"+post, ","), asked: workload, check: right},
	}
}

// Hello is the program that says hello, whatever it is asked for.
func Hello(workload string) Program {
	return Program{Name: "hello", pkg: "hello", asked: workload, check: rightHello}
}

// Sized lists the programs whose sizes are compared: what each library adds to the
// smallest function, and where that leads.
func Sized() []Program {
	return []Program{
		{Name: "hello", pkg: "hello", asked: "get", check: rightHello},
		{Name: "hello, zerolog", pkg: "hello", tags: "with_zerolog", asked: "get", check: rightHello},
		{Name: "hello, JSON v2", pkg: "hello", tags: "with_json", asked: "get", check: rightHello},
		{Name: "hello, validator", pkg: "hello", tags: "with_validator", asked: "get", check: rightHello},
		{Name: "hello, all three", pkg: "hello", tags: "with_zerolog,with_json,with_validator", asked: "get", check: rightHello},
		{Name: "novalidator", pkg: "novalidator", asked: "get", check: right},
		{Name: "byhand", pkg: "byhand", asked: "get", check: right},
		{Name: "anygrain", pkg: "anygrain", asked: "get", check: right},
	}
}

// Many lists the programs of n functions, each with types of its own, the reference first. The
// event names the route of the function that it asks, or leaves it to the program.
func Many(n int, named bool) []Program {
	var programs []Program
	for _, name := range []string{"byhand", "anygrain"} {
		programs = append(programs, Program{Name: name, pkg: "many/" + name, check: right, functions: n, named: named})
	}
	checked := programs[1]
	checked.Name, checked.checked = "checked", true
	quick := checked
	quick.Name, quick.tags = "quickrules", "quickrules"
	return append(programs, checked, quick)
}

// event is what an HTTP API sends for the workload.
func (p Program) event() ([]byte, work.Request, error) {
	asked, ok := work.Named(p.asked)
	if p.functions > 0 {
		asked, ok = many.Request(p.functions, p.named), true
	}
	if !ok {
		return nil, asked, fmt.Errorf("there is no workload %q", p.asked)
	}
	event, err := frontdoor.Event(awsevent.HTTPAPI, asked)
	return event, asked, err
}

func right(asked work.Request, answer []byte) error {
	response, err := awsevent.ReadResponse(awsevent.HTTPAPI, answer)
	if err != nil {
		return err
	}
	return asked.Check(response.Status, response.Body)
}

func rightHello(_ work.Request, answer []byte) error {
	if string(answer) != `"hello"` {
		return fmt.Errorf("hello: got %s", answer)
	}
	return nil
}
