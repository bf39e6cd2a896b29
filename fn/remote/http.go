package remote

import (
	"context"
	"net/http"
)

// CallPath is where a server takes calls, before the function's name; it is
// fnhttp.CallPath.
const CallPath = "/.anygrain/call/"

// post carries the call to another server of ours.
func (t *Transport) post(ctx context.Context, url string, payload []byte) ([]byte, error) {
	req, err := newRequest(ctx, url, payload)
	if err != nil {
		return nil, err
	}
	if t.secret != "" {
		req.Header.Set("Authorization", "Bearer "+t.secret.Reveal())
	}
	resp, err := t.send(req)
	if err != nil {
		return nil, err
	}
	if resp.status != http.StatusOK {
		return nil, resp.refused(url)
	}
	return resp.body, nil
}
