package chat

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

// What the chat service sends with each request, and how old it may be: an old
// one may have been overheard. This is Slack's scheme ("Verifying requests from Slack").
const (
	SignatureHeader = "X-Slack-Signature"
	TimestampHeader = "X-Slack-Request-Timestamp"
	maxAge          = 5 * time.Minute
)

// Signature is the signature of a raw body that is sent at a time, in seconds
// since 1970.
func Signature(secret config.Secret, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret.Reveal()))
	mac.Write([]byte("v0:" + timestamp + ":"))
	mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// signed lets through what the chat service has signed. It stands before binding,
// which then reads the same body. Who invokes the function directly has other
// credentials.
func (s *Service) signed(next fn.Invoker) fn.Invoker {
	return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		if req.Kind != fn.KindHTTP {
			return next(ctx, req)
		}
		body, err := req.Body(ctx)
		if err != nil {
			return nil, err
		}
		timestamp := req.Header(TimestampHeader)
		want := Signature(s.secret, timestamp, body)
		if !hmac.Equal([]byte(req.Header(SignatureHeader)), []byte(want)) || !s.recent(timestamp) {
			return nil, fn.Errorf(fn.Unauthenticated, "the signature is wrong or too old")
		}
		return next(ctx, req)
	}
}

func (s *Service) recent(timestamp string) bool {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	return err == nil && s.now().Sub(time.Unix(seconds, 0)).Abs() <= maxAge
}
