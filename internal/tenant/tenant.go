// Package tenant carries the tenant that an invocation of Lambda is for (AWS Lambda, tenant
// isolation mode) from the host to the calls of other Lambda functions, which have to name it again.
package tenant

import "context"

type key struct{}

// With returns a context of an invocation for the tenant; ctx itself when there is none.
func With(ctx context.Context, id string) context.Context {
	if id == "" {
		return ctx
	}
	return context.WithValue(ctx, key{}, id)
}

// From returns the tenant of the invocation, "" for none.
func From(ctx context.Context) string {
	id, _ := ctx.Value(key{}).(string)
	return id
}
