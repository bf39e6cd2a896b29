// Package audit notes who ran what: a middleware that brings the need for its topic, and an annotation
// that says for each function how much is noted.
package audit

import (
	"context"
	"fmt"

	"example.com/outside/topic"
	"github.com/anygrain/anygrain/fn"
)

// Level says how much is noted: fn.Annotate(audit.Full).
type Level string

// The levels. Of a function without one, the name is noted.
const (
	Off  Level = "off"  // nothing
	Name Level = "name" // the function and how it ended
	Full Level = "full" // the In too
)

// CheckAnnotation is asked by fn when the app starts.
func (l Level) CheckAnnotation(string) error {
	switch l {
	case Off, Name, Full:
		return nil
	}
	return fmt.Errorf("there is no audit level %q; take audit.Off, audit.Name or audit.Full", string(l))
}

// Entry is what is noted.
type Entry struct {
	Function string `json:"function"`
	By       string `json:"by"`               // the host and the kind of request
	Failed   string `json:"failed,omitempty"` // the code of its error
	In       any    `json:"in,omitempty"`
}

// To notes in the topic what an app's functions do, by way of publish. Its options are for App.Configure.
func To(t topic.Topic[Entry], publish func(ctx context.Context, topic string, e Entry) error) []fn.AppOption {
	note := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			level, _ := fn.AnnotationOf[Level](req.Function())
			if level == Off {
				return next(ctx, req)
			}
			e := Entry{Function: req.Function().Name(), By: req.Host + "/" + string(req.Kind)}
			if level == Full {
				e.In, _ = req.Input(ctx) // what is wrong with it, the function answers
			}
			reply, err := next(ctx, req)
			if err != nil {
				e.Failed = fn.CodeOf(err).String()
			}
			if failed := publish(ctx, t.Name(), e); failed != nil && err == nil {
				return nil, fn.Errorf(fn.Unavailable, "the audit is not there").WithCause(failed)
			}
			return reply, err
		}
	}
	return []fn.AppOption{fn.Use(note), fn.Needs(t.Publish())}
}
