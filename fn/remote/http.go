package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
)

// post carries the call to another server of ours.
func (t *Transport) post(ctx context.Context, url string, payload []byte) ([]byte, error) {
	req, err := newRequest(ctx, url, payload)
	if err != nil {
		return nil, err
	}
	if t.secret != "" {
		req.Header.Set("Authorization", "Bearer "+t.secret.Reveal())
	}
	if id := requestID(payload); id != "" {
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
		if t.secret == "" {
			return SecretVariable + " is not set here; set the one of the server"
		}
		return SecretVariable + " differs between this unit and the server; set the same for both"
	case http.StatusNotFound:
		return "it takes no calls there: " + SecretVariable + " may not be set for it, or it is another server or path"
	}
	return ""
}

// requestID is the id that the call has in it, for the log of a server that does not
// read it. It stands in front of the In, which can be large.
func requestID(call []byte) string {
	d := json.NewDecoder(bytes.NewReader(call[:min(len(call), 1024)]))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return ""
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return ""
		}
		value, err := d.Token()
		text, ok := value.(string)
		switch {
		case err != nil, !ok: // behind the names and the id
			return ""
		case name == "id":
			return text
		}
	}
	return ""
}
