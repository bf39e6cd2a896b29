package fntest

import (
	"context"

	"github.com/go-json-experiment/json"
)

// InvokeJSON invokes the function of that name with its direct form, also one that
// its In could not have, and returns that of its Out.
func (c *Client) InvokeJSON(name string, in any) ([]byte, error) {
	payload, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	return c.InvokeBytes(c.ctx, name, payload)
}

// InvokeBytes is InvokeJSON with a context, for what is JSON already.
func (c *Client) InvokeBytes(ctx context.Context, name string, in []byte) ([]byte, error) {
	return c.server.invoke(ctx, name, in)
}
