package fntest

import "github.com/go-json-experiment/json"

// InvokeJSON invokes the function of that name with its direct form, also one that
// its In could not have, and returns that of its Out.
func (c *Client) InvokeJSON(name string, in any) ([]byte, error) {
	payload, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	return c.server.invoke(c.ctx, name, payload)
}
