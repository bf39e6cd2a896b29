package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/internal/wire"
	"github.com/anygrain/anygrain/internal/funcname"
)

// maxPayload is the largest call, and the largest answer, in bytes: Lambda's
// limit for synchronous invokes (AWS Lambda quotas: 6 MB).
const maxPayload = 6 << 20

// room is what an envelope may add to an answer of the largest size.
const room = 64 << 10

// Transport carries calls to other units. It is safe for concurrent use.
type Transport struct {
	rules       rules
	secret      config.Secret
	region      string
	endpoint    string // of Lambda, "" for AWS's own
	credentials Credentials
	client      *http.Client
	signer      *v4.Signer
	now         func() time.Time
}

var _ fn.Transport = (*Transport)(nil)

// Option is an option of New and FromEnvironment.
type Option func(*Transport)

// Secret is sent with calls over HTTP, as a bearer token. Targets with http://
// send it in the clear.
func Secret(secret config.Secret) Option { return func(t *Transport) { t.secret = secret } }

// RoundTripper sends the requests of both transports: one's own pool of
// connections, or one's own authentication.
func RoundTripper(rt http.RoundTripper) Option {
	return func(t *Transport) { t.client.Transport = rt }
}

// New returns a transport by a setting; see the package for its form. The error
// has everything that is wrong with it.
func New(callees string, options ...Option) (*Transport, error) {
	all, err := parseRules(callees)
	if err != nil {
		return nil, err
	}
	t := &Transport{rules: all, now: time.Now, signer: v4.NewSigner(), client: &http.Client{
		Transport: newPool(),
		// A redirect would take the secret to another host, or turn the call into a GET.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	for _, o := range options {
		if o != nil {
			o(t)
		}
	}
	if s := t.secret.Reveal(); s != strings.TrimSpace(s) || strings.ContainsFunc(s, func(c rune) bool { return c < ' ' || c >= 0x7f }) {
		return nil, fmt.Errorf("%s has a line break, a space around it or another character that no header carries; openssl rand -hex 32 makes a good one", SecretVariable)
	}
	return t, nil
}

// newPool returns the pool of connections. Proxies are not used: calls stay
// within one's own network, or go to AWS. A connection is given up after a few
// idle seconds, before the other side does it: a call that is sent on a closed
// connection fails, since nobody knows whether it was received.
func newPool() *http.Transport {
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: 3 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:    3 * time.Second,
		MaxIdleConnsPerHost:    32,
		IdleConnTimeout:        4 * time.Second,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // what passes is bounded before it is packed
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// Close closes the idle connections. The transport can be used on.
func (t *Transport) Close() { t.client.CloseIdleConnections() }

// Carry implements fn.Transport.
func (t *Transport) Carry(ctx context.Context, function string, payload []byte) ([]byte, error) {
	r, ok := t.rules.find(function)
	if !ok {
		return nil, fn.Errorf(fn.Unimplemented, "").WithCause(t.noRule())
	}
	if len(payload) > maxPayload {
		return nil, tooLarge("the call has %d bytes, and at most %d pass", len(payload), maxPayload)
	}
	answer, err := t.carry(ctx, r, function, payload)
	if err == nil {
		return answer, nil
	}
	own, ok := errors.AsType[*fn.Error](err)
	if ok && err == error(own) && own.Message() == "" { // its text is its cause's
		err = own.Unwrap()
	}
	err = fmt.Errorf("by the rule %q of %s: %w", r.text, CalleesVariable, err)
	if ok {
		return nil, fn.Errorf(own.Code(), "").WithCause(err)
	}
	return nil, err
}

// Explain says by which rule a function is looked for. A call that came to a unit
// which does not serve it has it in its error.
func (t *Transport) Explain(function string) string {
	if r, ok := t.rules.find(function); ok {
		return fmt.Sprintf("the rule %q of %s leads there", r.text, CalleesVariable)
	}
	return t.noRule().Error()
}

func (t *Transport) noRule() error {
	if len(t.rules) == 0 {
		return fmt.Errorf("this unit does not serve it, and %s, which says who does, is not set", CalleesVariable)
	}
	return fmt.Errorf("this unit does not serve it, and no rule of %s does: %s", CalleesVariable, t.rules)
}

func (t *Transport) carry(ctx context.Context, r rule, function string, payload []byte) ([]byte, error) {
	if r.target.lambda != "" {
		return t.invoke(ctx, funcname.Fill(r.target.lambda, function), payload)
	}
	return t.post(ctx, funcname.Fill(r.target.url, function)+wire.Path+function, payload)
}

// response is what came back, read whole.
type response struct {
	status int
	header http.Header
	body   []byte
}

// send sends the request and reads the response within bounds.
func (t *Transport) send(req *http.Request) (*response, error) {
	resp, err := t.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode < http.StatusOK { // 101 hands over the connection, for as long as the other side likes
		return nil, fmt.Errorf("the response has the status %d, which is no answer", resp.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxPayload+room+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the response broke off: %w", err)
	case len(body) > maxPayload+room:
		return nil, tooLarge("the answer has more than the %d bytes that pass", maxPayload)
	}
	if !t.secret.IsZero() && resp.StatusCode != http.StatusOK { // some servers show what they were sent
		body = bytes.ReplaceAll(body, []byte(t.secret.Reveal()), []byte("***"))
	}
	return &response{resp.StatusCode, resp.Header, body}, nil
}

// newRequest makes a POST. net/http sends it again only when nothing of it has
// been written to a connection that turned out to be dead, since a POST is not
// idempotent (http.Transport).
func newRequest(ctx context.Context, url string, payload []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(payload))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	return req, nil
}

// refused is the error for a status that is no answer. The remedy can be "".
func (r *response) refused(what, remedy string) error {
	err := fmt.Errorf("%s answered %d: %s", what, r.status, excerpt(r.body))
	if remedy != "" {
		err = fmt.Errorf("%s answered %d: %s (it said %s)", what, r.status, remedy, excerpt(r.body))
	}
	switch r.status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return fn.Errorf(fn.Internal, "").WithCause(err)
	case http.StatusNotFound:
		return fn.Errorf(fn.Unimplemented, "").WithCause(err)
	case http.StatusRequestEntityTooLarge:
		return fn.Errorf(fn.ResourceExhausted, "").WithCause(err)
	}
	return err
}

func tooLarge(format string, args ...any) error {
	return fn.Errorf(fn.ResourceExhausted, "").WithCause(fmt.Errorf(format, args...))
}

// excerpt keeps what a log line can bear of a body.
func excerpt(body []byte) string {
	const most = 300
	if len(body) > most {
		return fmt.Sprintf("%q… (%d bytes)", body[:most], len(body))
	}
	return fmt.Sprintf("%q", strings.TrimSpace(string(body)))
}
