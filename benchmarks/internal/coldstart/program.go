// Package coldstart runs Lambda functions from exec to their first response, over
// a stand-in of the Runtime API.
package coldstart

import (
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/frontdoor"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// Program is a Lambda function as a program of its own.
type Program struct {
	Name  string
	pkg   string
	tags  string // beside those of all
	asked string // the workload that its event carries
	check func(asked work.Request, answer []byte) error
}

// tags are those of every program; the second leaves out the net/rpc of a runtime
// that AWS has retired.
const tags = "lambda,lambda.norpc"

// Started lists the programs whose cold starts are compared, the reference first.
func Started() []Program {
	return []Program{
		{"byhand", "byhand", "", "get", right}, // aws-lambda-go, validator, zerolog
		{"anygrain", "anygrain", "", "get", right},
		{"novalidator", "novalidator", "", "get", right}, // aws-lambda-go alone
		{"hello", "hello", "", "get", rightHello},        // it says hello and reads nothing
	}
}

// Served lists the programs that are kept running for a workload, get or post1k,
// the reference first.
func Served(workload string) []Program {
	post := map[string]string{"get": "", "post1k": "post"}[workload]
	return []Program{
		{"byhand", "byhand", post, workload, right},
		{"anygrain", "anygrain", post, workload, right},
		{"no-timeout", "anygrain", strings.TrimSuffix("no_timeout,"+post, ","), workload, right},
	}
}

// Hello is the program that says hello, whatever it is asked for.
func Hello(workload string) Program { return Program{"hello", "hello", "", workload, rightHello} }

// Sized lists the programs whose sizes are compared: what each library adds to the
// smallest function, and where that leads.
func Sized() []Program {
	return []Program{
		{"hello", "hello", "", "get", rightHello},
		{"hello, zerolog", "hello", "with_zerolog", "get", rightHello},
		{"hello, JSON v2", "hello", "with_json", "get", rightHello},
		{"hello, validator", "hello", "with_validator", "get", rightHello},
		{"hello, all three", "hello", "with_zerolog,with_json,with_validator", "get", rightHello},
		{"novalidator", "novalidator", "", "get", right},
		{"byhand", "byhand", "", "get", right},
		{"anygrain", "anygrain", "", "get", right},
	}
}

// event is what an HTTP API sends for the workload.
func (p Program) event() ([]byte, work.Request, error) {
	asked, ok := work.Named(p.asked)
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
