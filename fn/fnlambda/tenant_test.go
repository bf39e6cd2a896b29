package fnlambda_test

import (
	"context"
	"testing"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/internal/tenant"
)

// tenants notes for which tenants calls are carried.
type tenants struct{ seen *[]string }

// Carry implements fn.Transport.
func (t tenants) Carry(ctx context.Context, _ string, _ []byte) ([]byte, error) {
	*t.seen = append(*t.seen, tenant.From(ctx))
	return nil, fn.Errorf(fn.Unavailable, "nobody is there")
}

// The tenant of an invocation reaches the calls that its function makes.
func TestTheTenantReachesCalls(t *testing.T) {
	there := fn.Define[struct{}, string]("there.get")
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("here.get", func(ctx context.Context, _ struct{}) (string, error) { return there.Call(ctx, struct{}{}) }, fn.Needs(there)))
	var seen []string
	unit, err := app.Start(t.Context(), fn.WithTransport(tenants{&seen}))
	if err != nil {
		t.Fatal(err)
	}
	h, err := fnlambda.New(t.Context(), unit)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"blue", ""} {
		_, _ = h.Invoke(lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{TenantID: id}), []byte("{}"))
	}
	if len(seen) != 2 || seen[0] != "blue" || seen[1] != "" {
		t.Errorf("the calls were for %q", seen)
	}
}
