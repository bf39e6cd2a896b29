// Package coldstart runs Lambda functions from exec to their first response, over
// a stand-in of the Runtime API.
package coldstart

import (
	"fmt"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// Program is a Lambda function as a program of its own.
type Program struct {
	Name  string
	pkg   string
	tags  string // beside those of all
	check func(answer []byte) error
}

// tags are those of every program; the second leaves out the net/rpc of a runtime
// that AWS has retired.
const tags = "lambda,lambda.norpc"

// Started lists the programs whose cold starts are compared, the reference first.
func Started() []Program {
	return []Program{
		{"byhand", "byhand", "", rightGet}, // aws-lambda-go, validator, zerolog
		{"anygrain", "anygrain", "", rightGet},
		{"novalidator", "novalidator", "", rightGet}, // aws-lambda-go alone
		{"hello", "hello", "", rightHello},           // it says hello and reads nothing
	}
}

// Sized lists the programs whose sizes are compared: what each library adds to the
// smallest function, and where that leads.
func Sized() []Program {
	return []Program{
		{"hello", "hello", "", rightHello},
		{"hello, zerolog", "hello", "with_zerolog", rightHello},
		{"hello, JSON v2", "hello", "with_json", rightHello},
		{"hello, validator", "hello", "with_validator", rightHello},
		{"hello, all three", "hello", "with_zerolog,with_json,with_validator", rightHello},
		{"novalidator", "novalidator", "", rightGet},
		{"byhand", "byhand", "", rightGet},
		{"anygrain", "anygrain", "", rightGet},
	}
}

func get() work.Request { return work.Requests()[0] }

func rightGet(answer []byte) error {
	response, err := awsevent.ReadResponse(awsevent.HTTPAPI, answer)
	if err != nil {
		return err
	}
	return get().Check(response.Status, response.Body)
}

func rightHello(answer []byte) error {
	if string(answer) != `"hello"` {
		return fmt.Errorf("hello: got %s", answer)
	}
	return nil
}
