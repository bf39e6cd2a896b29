package fnhttp

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/internal/wire"
)

// CallPath, "/.anygrain/call/", is where a server takes the calls of its siblings: a POST to it
// and the function's name. It exists only with CallSecret or AuthenticateCalls.
const CallPath = wire.Path

// maxCallBody bounds a call in bytes: Lambda's limit for the payload of an invoke,
// so that no call works here and fails there, and room for the envelope.
const maxCallBody = 6<<20 + 64<<10

// leastSecret is the length in bytes under which a secret can be guessed.
const leastSecret = 16

// CallSecret opens the unit to calls of other units that know the secret, all
// its functions, also those without a route. They send it as a bearer token
// (RFC 6750 section 2.1), so between machines the connection has to be TLS. The
// secret has at least 16 bytes; the empty one leaves the unit closed.
func CallSecret(secret config.Secret) Option {
	return func(s *settings) {
		switch n := len(secret.Reveal()); {
		case n == 0:
		case n < leastSecret:
			s.problems = append(s.problems, fmt.Errorf("fnhttp.CallSecret: the secret has %d bytes, want at least %d: openssl rand -hex 32 makes a good one", n, leastSecret))
		case unsendable(secret.Reveal()):
			s.problems = append(s.problems, errors.New("fnhttp.CallSecret: the secret has a line break, a space around it or another character that no header carries; openssl rand -hex 32 makes a good one"))
		default:
			s.authenticate = bearer(secret)
		}
	}
}

// unsendable reports whether no header carries the secret as it is (RFC 9110 section 5.5).
func unsendable(secret string) bool {
	return secret != strings.TrimSpace(secret) || strings.ContainsFunc(secret, func(c rune) bool { return c < ' ' || c >= 0x7f })
}

// AuthenticateCalls opens the unit to calls for which authenticate returns nil:
// client certificates, signatures, the header of a mesh. Its error is logged and
// not shown. The path names the function that is called: a call of another one is
// refused.
func AuthenticateCalls(authenticate func(*http.Request) error) Option {
	return func(s *settings) { s.authenticate = authenticate }
}

// bearer takes what knows the secret.
func bearer(secret config.Secret) func(*http.Request) error {
	return func(r *http.Request) error {
		scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") || !secret.Equal(token) {
			return errors.New("the Authorization header has not the unit's secret: both sides need the same")
		}
		return nil
	}
}

// calls takes the calls of siblings.
type calls struct {
	unit         *fn.Unit
	authenticate func(*http.Request) error
}

// ServeHTTP answers one call. The answer is JSON with status 200, also when the
// function failed: other statuses say that the call did not reach one.
func (c *calls) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := c.authenticate(r); err != nil {
		c.logRefused(r, err)
		defer settleWith(w, r)()
		w.Header().Set("WWW-Authenticate", "Bearer")
		refuse(w, fn.Errorf(fn.Unauthenticated, "calls are for siblings alone"))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCallBody))
	if err != nil {
		defer settleWith(w, r)()
		refuse(w, unreadable(err))
		return
	}
	answer := c.unit.Host(hostName).Answer(r.Context(), &fn.Request{Path: r.PathValue("function"), From: fn.InputFromJSON(body)})
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(answer)
}

// logRefused logs a call that was not taken, with the names that its sender gave.
func (c *calls) logRefused(r *http.Request, err error) {
	const most = 128 // bytes: nobody knows who it is
	short := func(text string) string { return text[:min(len(text), most)] }
	line := c.unit.Logger().Warn().Str("function", short(r.PathValue("function")))
	if id := r.Header.Get("X-Request-Id"); id != "" {
		line = line.Str("request_id", short(id))
	}
	line.Str("from", r.RemoteAddr).Err(err).Msg("a call was refused")
}

func unreadable(err error) *fn.Error {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return fn.Errorf(fn.ResourceExhausted, "the call is larger than %d bytes", maxCallBody).WithStatus(http.StatusRequestEntityTooLarge)
	}
	return fn.Errorf(fn.InvalidArgument, "the call broke off")
}

// refuse answers what is no call with a problem document.
func refuse(w http.ResponseWriter, e *fn.Error) {
	body, _ := e.AppendProblem(nil)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(e.HTTPStatus())
	_, _ = w.Write(body)
}
