package fn

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn/internal/wire"
)

// MaxDepth is how many functions can stand above one another, each called by
// the one before: what is deeper is taken for a cycle.
const MaxDepth = 32

// resolve returns the request that ctx belongs to, and the function as its unit
// serves it: nil when that is another unit's business.
func (d *declaration) resolve(ctx context.Context) (caller *Request, callee *entry, err error) {
	caller = RequestFrom(ctx)
	if err := d.checkCall(caller); err != nil {
		return nil, nil, err
	}
	if ctx.Err() != nil { // another unit would not be asked either
		return nil, nil, unanswered(ctx, d.name, ctx.Err())
	}
	callee = caller.entry.unit.byName[d.name]
	if callee != nil {
		callee.ready()
	}
	return caller, callee, nil
}

// call invokes the function from the request of ctx. In is a pointer to its In,
// the result one to its Out.
func (d *declaration) call(ctx context.Context, caller *Request, callee *entry, in any) (any, error) {
	if callee != nil {
		return callee.callHere(ctx, caller, in)
	}
	return d.callElsewhere(ctx, caller, in)
}

// checkCall refuses what is wrong whatever the grain.
func (d *declaration) checkCall(caller *Request) *Error {
	if caller == nil || caller.entry == nil {
		return callProblem(d.name, "the context does not belong to a request; pass the one that the handler got, use fn.Call with a unit, or fntest.Context in a test of a handler by itself")
	}
	if len(d.problems) > 0 {
		return callProblem(d.name, "%v", &DeclarationError{Problems: d.problems})
	}
	if !caller.entry.uses[d.name] && !caller.entry.unit.undeclared(caller, d) {
		return callProblem(d.name, "%s", undeclaredText(caller, d))
	}
	if caller.depth+1 >= MaxDepth {
		return callProblem(d.name, "the calls are more than %d deep, which looks like a cycle: %s",
			MaxDepth, strings.Join(append(caller.callPath(), d.name), " → "))
	}
	return nil
}

// callProblem is a call that the program has wrong: opaque to clients.
func callProblem(function, format string, args ...any) *Error {
	return &Error{code: Internal, cause: fmt.Errorf("call of %s: %w", function, fmt.Errorf(format, args...))}
}

// callPath lists the functions on the way to this request and its own, the
// outermost first.
func (r *Request) callPath() []string {
	var path []string
	for at := r; at != nil; at = at.caller {
		if name := at.Function().Name(); name != "" {
			path = append(path, name)
		}
		for _, name := range slices.Backward(at.path) {
			path = append(path, name)
		}
	}
	slices.Reverse(path)
	return path
}

// traceParent is the trace parent that a call of this request passes on, which was
// made when the request's own was text.
func (r *Request) traceParent(text string) string {
	if text == "" && r.Source != nil {
		text = r.Header("Traceparent")
	}
	if !wire.TraceParent(text) { // a client can send anything
		return ""
	}
	return text
}

// passedID is the request id that a call passes on.
func passedID(id string) string {
	if wire.Odd(id) {
		return ""
	}
	return id
}

// answered is the callee's error as its caller gets it, the same whether it
// came over a wire or not: what a client may see of it, without the cause.
func answered(function string, e *Error) *Error {
	got := &Error{code: e.code, status: e.status, header: passedHeader(e.header), cause: calleeError(function)}
	if m, ok := e.cause.(*mismatch); ok && m.function == function { // and not with one that it called
		got.cause = m
	}
	if !e.code.opaque() {
		got.message, got.violations, got.details = validText(e.message), validViolations(e.violations), wire.CopyDetails(e.details)
	}
	return got
}

// calleeError is the cause of an error that a callee answered. What caused it
// there is in the log of the callee.
type calleeError string

// Error says who answered.
func (e calleeError) Error() string { return "answered by " + string(e) }

// Call invokes the function of that name with Go values: the same middleware
// and validation as over the wire, without the wire. The result is the Out.
// In and Out are shared with the function, not copied: neither side may change
// what the other can still see through pointers, slices and maps.
//
// It is for tests and for programs that hold a Unit; functions call one another
// through contracts. The request's host is that of the request that ctx belongs
// to, "" outside of one.
func Call[In, Out any](ctx context.Context, u *Unit, name string, in In) (Out, error) {
	var zero Out
	req := &Request{Trigger: TriggerCall, Value: &in}
	if caller := RequestFrom(ctx); caller != nil {
		req.Host = caller.Host
	}
	reply, err := u.Invoke(ctx, name, req)
	if err != nil {
		return zero, err
	}
	out, ok := reply.Value.(*Out)
	if !ok {
		return zero, Errorf(Internal, "the function %s returns another type than %s", name, reflect.TypeFor[Out]())
	}
	return *out, nil
}

// typeMismatch is a Go value of another type than that of the declaration.
type typeMismatch struct {
	what string // who passed it
	got  any
	want reflect.Type
}

// Error names both types.
func (e *typeMismatch) Error() string {
	return fmt.Sprintf("%s %T, want a *%s that is not nil", e.what, e.got, e.want)
}
