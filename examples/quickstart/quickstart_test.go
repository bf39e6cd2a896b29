package main

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/examples/quickstart/chat"
	"github.com/anygrain/anygrain/examples/quickstart/orders"
	"github.com/anygrain/anygrain/examples/quickstart/ordersapi"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// signed is a form as the chat service sends it.
func signed(form url.Values) fntest.Request {
	now := strconv.FormatInt(time.Now().Unix(), 10)
	return fntest.Post("/chat/command").Form(form).Header(chat.TimestampHeader, now).
		Header(chat.SignatureHeader, chat.Signature(config.NewSecret("local-only"), now, []byte(form.Encode())))
}

// TestTheShop runs on every host: the same requests, the same answers.
func TestTheShop(t *testing.T) {
	noEnvironment := fntest.Start(fn.WithSources(config.Map{}))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		t.Run("an order is created, read and cancelled", func(t *testing.T) {
			body := map[string]any{"items": []any{map[string]any{"sku": "flat-white", "quantity": 2}}}
			res := c.Do(fntest.Post("/orders").Header("X-Tenant", "acme").JSON(body))
			var order orders.Order
			if res.JSON(&order); res.Status != 201 || order.Cents != 760 {
				t.Fatalf("create: %d %s", res.Status, res.Body)
			}
			at := res.Header.Get("Location")
			if res = c.Do(fntest.Get(at).Header("X-Tenant", "acme")); res.Status != 200 {
				t.Errorf("get: %d %s", res.Status, res.Body)
			}
			if res = c.Do(fntest.Get(at).Header("X-Tenant", "other")); res.Status != 404 {
				t.Errorf("another tenant: %d %s", res.Status, res.Body)
			}
			if res = c.Do(fntest.Delete(at).Header("X-Tenant", "acme")); res.Status != 204 || len(res.Body) != 0 {
				t.Errorf("cancel: %d %s", res.Status, res.Body)
			}
		})
		t.Run("all that is wrong is said at once", func(t *testing.T) {
			res := c.Do(fntest.Post("/orders").JSON(map[string]any{"items": []any{map[string]any{"sku": "", "quantity": 0}}}))
			for _, want := range []string{"header.X-Tenant", "body.items[0].sku", "body.items[0].quantity"} {
				if res.Status != 422 || !strings.Contains(string(res.Body), want) {
					t.Errorf("%s is not in: %d %s", want, res.Status, res.Body)
				}
			}
		})
		t.Run("a webhook posts a form", func(t *testing.T) {
			form := url.Values{"user_name": {"Ada"}, "command": {"/shout"}, "text": {"a & b + c"}, "new_field": {"x"}}
			res := c.Do(signed(form))
			if want := `{"response_type":"in_channel","text":"A & B + C"}`; res.Status != 200 || string(res.Body) != want {
				t.Errorf("got %d %s", res.Status, res.Body)
			}
		})
		t.Run("a webhook that nobody has signed is refused", func(t *testing.T) {
			form := url.Values{"user_name": {"Ada"}, "command": {"/hello"}}
			if res := c.Do(fntest.Post("/chat/command").Form(form)); res.Status != 401 {
				t.Errorf("got %d %s", res.Status, res.Body)
			}
		})
		t.Run("a page and an image are raw", func(t *testing.T) {
			page := c.Do(fntest.Get("/"))
			if page.Header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(string(page.Body), "Flat white") {
				t.Errorf("page: %v %s", page.Header, page.Body)
			}
			image := c.Do(fntest.Get("/products/espresso/image.png"))
			if got := http.DetectContentType(image.Body); got != "image/png" || image.Header.Get("Content-Type") != got {
				t.Errorf("image: %s, %v", got, image.Header)
			}
		})
		t.Run("a short link redirects", func(t *testing.T) {
			if res := c.Do(fntest.Get("/p/espresso")); res.Status != 302 || res.Header.Get("Location") != "/products/espresso" {
				t.Errorf("got %d %v", res.Status, res.Header)
			}
		})
		t.Run("queries repeat", func(t *testing.T) {
			if c.Host() == "lambda/alb" {
				t.Skip("a load balancer without multi-value headers keeps the last of repeated keys")
			}
			res := c.Do(fntest.Get("/products?tag=coffee&tag=cold"))
			if want := `{"currency":"EUR","products":[{"sku":"cold-brew","name":"Cold brew","cents":420,"tags":["coffee","cold"]}]}`; string(res.Body) != want {
				t.Errorf("got %d %s", res.Status, res.Body)
			}
		})
		t.Run("a sibling is called, wherever it runs", func(t *testing.T) {
			for sku, want := range map[string]string{"espresso": "espresso costs 2.20 EUR.", "tulips": "There is no tulips."} {
				form := url.Values{"user_name": {"Ada"}, "command": {"/price"}, "text": {sku}}
				if res := c.Do(signed(form)); res.Status != 200 || !strings.Contains(string(res.Body), want) {
					t.Errorf("got %v, want %q", res, want)
				}
			}
		})
		t.Run("a function without a route is called with Go values", func(t *testing.T) {
			in := ordersapi.PriceInput{Items: []ordersapi.Item{{SKU: "iced-tea", Quantity: 2}}}
			out, err := fntest.Call[ordersapi.PriceInput, ordersapi.PriceOutput](c, "orders.price", in)
			if err != nil || out.Cents != 700 {
				t.Errorf("got %v, %v", out, err)
			}
			in.Items[0].SKU = "tulips"
			if _, err = fntest.Call[ordersapi.PriceInput, ordersapi.PriceOutput](c, "orders.price", in); fn.CodeOf(err) != fn.FailedPrecondition {
				t.Errorf("an unknown product: %v", err)
			}
		})
	}, noEnvironment)
}
