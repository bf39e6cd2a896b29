package chat_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/examples/quickstart/chat"
	"github.com/anygrain/anygrain/examples/quickstart/ordersapi"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// The handler by itself, with a fake of the function that it calls.
func TestPrice(t *testing.T) {
	tests := map[string]struct {
		out  ordersapi.PriceOutput
		err  error
		want string
		code fn.Code
	}{
		"a product":        {ordersapi.PriceOutput{Cents: 905, Currency: "CHF"}, nil, "tea costs 9.05 CHF.", 0},
		"no product":       {ordersapi.PriceOutput{}, fn.Errorf(fn.FailedPrecondition, "none"), "There is no tea.", 0},
		"orders is down":   {ordersapi.PriceOutput{}, fn.Errorf(fn.Unavailable, "down"), "", fn.Unavailable},
		"orders is broken": {ordersapi.PriceOutput{}, context.Canceled, "", fn.Internal},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			ctx := fntest.Context(t, ordersapi.Price.With(func(context.Context, ordersapi.PriceInput) (ordersapi.PriceOutput, error) {
				return test.out, test.err
			}))
			out, err := chat.New(config.NewSecret("secret"), time.Now).Command(ctx, chat.CommandInput{User: "Ada", Command: "/price", Text: "tea"})
			if fn.CodeOf(err) != test.code || !strings.Contains(out.Text, test.want) {
				t.Errorf("got %v, %v", out, err)
			}
		})
	}
}

// A request is taken within five minutes, if its raw body is the one that was signed.
func TestSignature(t *testing.T) {
	sent := time.Unix(1_700_000_000, 0)
	timestamp := strconv.FormatInt(sent.Unix(), 10)
	const body = "user_name=Ada&command=%2Fhello"
	secret := config.NewSecret("secret")
	sign := func(timestamp string) string { return chat.Signature(secret, timestamp, []byte(body)) }
	tests := map[string]struct {
		age                        time.Duration
		timestamp, signature, body string
		want                       int
	}{
		"as it was signed":     {0, timestamp, sign(timestamp), body, http.StatusOK},
		"just in time":         {5 * time.Minute, timestamp, sign(timestamp), body, http.StatusOK},
		"too late":             {5*time.Minute + time.Second, timestamp, sign(timestamp), body, http.StatusUnauthorized},
		"from the future":      {-6 * time.Minute, timestamp, sign(timestamp), body, http.StatusUnauthorized},
		"another body":         {0, timestamp, sign(timestamp), body + "&text=x", http.StatusUnauthorized},
		"another spelling":     {0, timestamp, sign(timestamp), strings.ReplaceAll(body, "%2F", "/"), http.StatusUnauthorized},
		"another time":         {0, timestamp[:9] + "1", sign(timestamp), body, http.StatusUnauthorized},
		"no signature":         {0, timestamp, "", body, http.StatusUnauthorized},
		"a time that is none":  {0, "now", sign("now"), body, http.StatusUnauthorized},
		"the signature, twice": {0, timestamp, sign(timestamp) + "," + sign(timestamp), body, http.StatusUnauthorized},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			service := chat.New(secret, func() time.Time { return sent.Add(test.age) })
			app := fn.NewApp[fn.NoConfig]("chat")
			app.Add(append(service.Functions(), ordersapi.Price.With(func(context.Context, ordersapi.PriceInput) (ordersapi.PriceOutput, error) {
				return ordersapi.PriceOutput{}, nil
			}))...)
			fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
				res := c.Do(fntest.Post("/chat/command").Body("application/x-www-form-urlencoded", []byte(test.body)).
					Header(chat.TimestampHeader, test.timestamp).Header(chat.SignatureHeader, test.signature))
				if res.Status != test.want {
					t.Errorf("got %d %s, want %d", res.Status, res.Body, test.want)
				}
			})
		})
	}
}
