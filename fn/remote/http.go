package remote

import (
	"context"
	"net/http"

	"github.com/anygrain/anygrain/fn/internal/wire"
)

// post carries the call to another server of ours.
func (t *Transport) post(ctx context.Context, url string, payload []byte) ([]byte, error) {
	req, err := newRequest(ctx, url, payload)
	if err != nil {
		return nil, err
	}
	if !t.secret.IsZero() {
		req.Header.Set("Authorization", "Bearer "+t.secret.Reveal())
	}
	if id := wire.ID(payload); id != "" {
		req.Header.Set("X-Request-Id", id)
	}
	resp, err := t.send(req)
	if err != nil {
		return nil, err
	}
	if resp.status != http.StatusOK {
		return nil, resp.refused(url, t.remedy(resp.status))
	}
	return resp.body, nil
}

// remedy says what may have to be set when a server of ours answers with the status.
func (t *Transport) remedy(status int) string {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		if t.secret.IsZero() {
			return SecretVariable + " is not set here; set the one of the server"
		}
		return SecretVariable + " differs between this unit and the server; set the same for both"
	case http.StatusNotFound:
		return "it takes no calls there: " + SecretVariable + " may not be set for it, or it is another server or path"
	}
	return ""
}
