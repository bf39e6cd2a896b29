package fnlambda

import (
	"context"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
)

// rawEvent is the event as it came: what fn.Request.Native holds on this host.
// It is a string, so that nothing can change it while others read it.
type rawEvent struct {
	text   string
	format frontdoor.Format // Unknown when it is not a front door's
}

// EventFrom returns the raw event that started the request of ctx, as a copy.
// There is none on other hosts, and outside of a request.
func EventFrom(ctx context.Context) ([]byte, bool) {
	req, _ := fn.RequestFrom(ctx)
	raw := eventOf(req)
	if raw == nil {
		return nil, false
	}
	return []byte(raw.text), true
}

func eventOf(req *fn.Request) *rawEvent {
	if req == nil {
		return nil
	}
	raw, _ := req.Native.(*rawEvent)
	return raw
}

// requestID returns AWS's id of the invocation, "" outside of Lambda.
func requestID(ctx context.Context) string {
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		return lc.AwsRequestID
	}
	return ""
}

// tenantID returns the tenant that the invocation is for, "" for none.
func tenantID(ctx context.Context) string {
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		return lc.TenantID
	}
	return ""
}

// withoutPastDeadline returns ctx, freed of a deadline that has passed before the event is
// handled: local stand-ins for the Runtime API send one of zero, and on Lambda
// a frozen clock can be behind. Every request would be dead on arrival. Its
// values stay.
func withoutPastDeadline(ctx context.Context) context.Context {
	if deadline, ok := ctx.Deadline(); ok && !time.Now().Before(deadline) {
		return context.WithoutCancel(ctx)
	}
	return ctx
}
