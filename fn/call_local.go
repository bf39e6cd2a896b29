package fn

import (
	"context"
	"fmt"
	"math"
	"reflect"

	"github.com/anygrain/anygrain/binding"
)

// localCall is a call in the process: the callee's request, and its context in one. The
// context has the caller's deadline and end, and the values that the host passed, and none
// that were added since: a callee in another unit could not see them either.
type localCall struct {
	childContext
	request Request
	reply   Reply
}

// Value implements context.Context.
func (c *localCall) Value(key any) any {
	if key == (requestKey{}) {
		return &c.request
	}
	return c.request.host.Value(key)
}

// callLocal calls a function of the same unit.
func (e *entry) callLocal(ctx context.Context, caller *Request, in any, metadata map[string]string) (any, error) {
	d := e.function.d
	if e.broken == nil && (d.lossy() || e.unit.strict) {
		return e.callThroughJSON(ctx, caller, in, metadata)
	}
	reply, err := e.invokeLocal(ctx, caller, in, metadata)
	if err != nil {
		return nil, err
	}
	return reply.Value, nil
}

// invokeLocal runs the function for a request of its own.
func (e *entry) invokeLocal(ctx context.Context, caller *Request, in any, metadata map[string]string) (*Reply, error) {
	c := &localCall{childContext: childContext{ctx}, request: caller.calleeRequest(in, caller.ID, caller.TraceParent)}
	c.request.reply = &c.reply
	if metadata != nil {
		c.request.call = &callDetails{metadata: metadata}
	}
	reply, err := e.unit.run(c, e, &c.request)
	if err != nil {
		return nil, errorForCaller(e.function.d.name, err)
	}
	if reply.Value == nil {
		return nil, callProblem(e.function.d.name, "%w", noValueError(e.function))
	}
	return reply, nil
}

// noValueError is said of a reply of a Raw function, or of middleware that made one.
func noValueError(f Function) error {
	if f.In() == nil {
		return fmt.Errorf("it was declared with fn.Raw and has no In and Out that a call could carry")
	}
	return fmt.Errorf("the reply has no Value; middleware that answers a call itself sets it to a *%s", f.Out())
}

// callThroughJSON does to In and Out what a wire would do: where the types say that
// JSON does not bring every value back, and where calls are strict.
func (e *entry) callThroughJSON(ctx context.Context, caller *Request, in any, metadata map[string]string) (out any, err error) {
	d := e.function.d
	defer func() { // of a type's own methods
		if v := recover(); v != nil {
			out, err = nil, errorForCaller(d.name, e.unit.loggedInternal(caller, Recovered(v)))
		}
	}()
	data, err := d.input().AppendJSON(nil, in)
	if err != nil {
		return nil, callProblem(d.name, "the In cannot be written as JSON, as a call of another unit needs it: %w", err)
	}
	copied := reflect.New(d.inType).Interface()
	if err := d.input().DecodeExact(copied, data, e.unboundedLimits()); err != nil {
		return nil, errorForCaller(d.name, inDecodingError(err)) // as the callee in another unit would
	}
	reply, invokeErr := e.invokeLocal(ctx, caller, copied, metadata)
	if invokeErr != nil {
		return nil, invokeErr
	}
	out = reflect.New(d.outType).Interface()
	if data, err = d.output().AppendExact(nil, reply.Value); err == nil {
		err = d.output().DecodeJSON(out, data)
	}
	if err != nil {
		return nil, outEncodingError(d.name, err)
	}
	return out, nil
}

// unboundedLimits are those of a call without their bound: nothing is sent.
func (e *entry) unboundedLimits() binding.Limits {
	limits := e.callLimits()
	limits.Body = math.MaxInt64
	return limits
}
