package fn

import (
	"context"
	"fmt"
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
	caller = requestOf(ctx)
	if err := d.checkCall(caller); err != nil {
		return nil, nil, err
	}
	if ctx.Err() != nil { // another unit would not be asked either
		return nil, nil, noAnswerError(ctx, d.name, ctx.Err())
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
	if around := caller.entry.unit.around; around != nil {
		return d.callAround(ctx, around, caller, callee, in)
	}
	return d.carry(ctx, caller, callee, in, nil)
}

// carry brings the In to the function, in this unit or another one.
func (d *declaration) carry(ctx context.Context, caller *Request, callee *entry, in any, metadata map[string]string) (any, error) {
	if callee != nil {
		return callee.callLocal(ctx, caller, in, metadata)
	}
	return d.callRemote(ctx, caller, in, metadata)
}

// checkCall refuses what is wrong whatever the grain.
func (d *declaration) checkCall(caller *Request) *Error {
	if caller == nil || caller.entry == nil {
		return callProblem(d.name, "the context does not belong to a request; pass the one that the handler got, use fn.Call with a unit, or fntest.Context in a test of a handler by itself")
	}
	if len(d.problems) > 0 {
		return callProblem(d.name, "%v", &DeclarationError{Problems: d.problems})
	}
	if !caller.entry.callees[d.name] && !caller.entry.unit.allowUndeclared(caller, d) {
		return callProblem(d.name, "%s", undeclaredText(caller, d))
	}
	if caller.depth+1 >= MaxDepth {
		return callProblem(d.name, "the calls are more than %d deep, which looks like a cycle: %s",
			MaxDepth, strings.Join(append(caller.callPath(), d.name), " → "))
	}
	return nil
}

// allowUndeclared decides what becomes of a call that Needs does not declare, and
// reports whether it goes on. A call that does is logged once.
func (u *Unit) allowUndeclared(caller *Request, callee *declaration) bool {
	if u.strict {
		return false
	}
	if _, logged := u.undeclaredLogged.LoadOrStore([2]string{caller.Function().Name(), callee.name}, true); !logged {
		u.logger.Error().Str("function", caller.Function().Name()).Str("callee", callee.name).
			Msg("undeclared call: " + undeclaredText(caller, callee))
	}
	return true
}

func undeclaredText(caller *Request, callee *declaration) string {
	contract := "the contract " + callee.name + inBrackets(callee.at())
	name := caller.Function().Name()
	if name == "" {
		return fmt.Sprintf("the app%s does not declare it; add fn.Needs with %s to fn.NewApp", inBrackets(caller.entry.unit.app.place.String()), contract)
	}
	return fmt.Sprintf("%s%s does not declare it; add fn.Needs with %s to its options", name, inBrackets(caller.Function().Place()), contract)
}

// calleeRequest returns the request of a function that is called from this one with the In,
// when this one's id and trace parent were these.
func (r *Request) calleeRequest(in any, id, traceParent string) Request {
	return Request{
		Kind: KindCall, Host: r.Host, ID: validID(id), TraceParent: r.traceParent(traceParent),
		From: InputFromValue(in), caller: r, depth: r.depth + 1, host: r.host,
	}
}

// callDetails are what few calls have.
type callDetails struct {
	path     []string          // of a call from another unit: the functions on the way to this one
	metadata map[string]string // what AroundCalls added
}

// callPath lists the functions on the way to this request and its own, the
// outermost first.
func (r *Request) callPath() []string {
	var path []string
	for at := r; at != nil; at = at.caller {
		if name := at.Function().Name(); name != "" {
			path = append(path, name)
		}
		if at.call != nil {
			for _, name := range slices.Backward(at.call.path) {
				path = append(path, name)
			}
		}
	}
	slices.Reverse(path)
	return path
}

// traceParent is the trace parent that a call of this request passes on, which was
// made when the request's own was text.
func (r *Request) traceParent(text string) string {
	if text == "" && r.From.source != nil {
		text = r.Header("Traceparent")
	}
	if !wire.TraceParent(text) { // a client can send anything
		return ""
	}
	return text
}

// validID is the request id as a call passes it on: "" for what another unit would not take.
func validID(id string) string {
	if wire.Odd(id) {
		return ""
	}
	return id
}
