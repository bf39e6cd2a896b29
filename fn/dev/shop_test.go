package dev_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/dev"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/grain"
)

// TestTheShop sends the requests of the quickstart's own test to its processes.
func TestTheShop(t *testing.T) {
	functions := declared("catalogue.list GET /products", "catalogue.get GET /products/{sku}", "catalogue.image GET /products/{sku}/image.png",
		"catalogue.page GET /{$}", "catalogue.short GET /p/{sku}", "chat.command POST /chat/command",
		"orders.create POST /orders", "orders.get GET /orders/{id}", "orders.cancel DELETE /orders/{id}", "orders.price")
	for name, by := range map[string]func(*fn.Description) grain.Partition{"group": grain.ByGroup, "function": grain.ByFunction} {
		units, callees := cut(t, "shop", functions, by)
		formats := []awsevent.Format{awsevent.HTTPAPI, awsevent.REST}
		if name == "group" {
			formats = append(formats, awsevent.HTTPAPIv1)
		}
		for _, format := range formats {
			t.Run(name+"/"+string(format), func(t *testing.T) {
				d, out := start(t, dev.Config{App: "shop", Package: "github.com/anygrain/anygrain/examples/quickstart", Units: units, Callees: callees, Format: format})
				t.Run("orders are kept by their unit", func(t *testing.T) { testOrders(t, d.URL(), name == "group") })
				t.Run("all that is wrong is said at once", func(t *testing.T) { testViolations(t, d.URL()) })
				t.Run("a webhook posts a form, and calls a sibling", func(t *testing.T) { testChat(t, d.URL()) })
				t.Run("the catalogue has pages, images, redirects and queries", func(t *testing.T) { testCatalogue(t, d.URL()) })
				t.Run("what no route takes", func(t *testing.T) { testUnmatched(t, d.URL(), format) })
				t.Run("more than fits", func(t *testing.T) { testTooLarge(t, d.URL()) })
				text, _ := out.read()
				for _, want := range []string{"POST /orders", "(no route)", d.URL(), `| {"level":"info","function":"orders.price"`} {
					if !strings.Contains(text, want) {
						t.Errorf("%q was not printed", want)
					}
				}
				if strings.Contains(text, "WARNING") {
					t.Error("a runtime client complains")
				}
			})
		}
	}
}

// testOrders: the store is in memory, so that an order is found only where the
// same unit has created it.
func testOrders(t *testing.T, at string, together bool) {
	created := do(t, request(t, "POST", at+"/orders", `{"items":[{"sku":"flat-white","quantity":2}]}`, "X-Tenant", "acme", "Content-Type", "application/json"))
	if created.status != 201 || !strings.Contains(created.body, `"cents":760`) {
		t.Fatalf("create: %+v", created)
	}
	order := at + created.header.Get("Location")
	want := map[bool]int{true: 200, false: 404}[together]
	if got := do(t, request(t, "GET", order, "", "X-Tenant", "acme")); got.status != want {
		t.Errorf("get: %+v", got)
	}
	if got := do(t, request(t, "GET", order, "", "X-Tenant", "other")); got.status != 404 {
		t.Errorf("another tenant: %+v", got)
	}
	want = map[bool]int{true: 204, false: 404}[together]
	if got := do(t, request(t, "DELETE", order, "", "X-Tenant", "acme")); got.status != want {
		t.Errorf("cancel: %+v", got)
	}
}

func testViolations(t *testing.T, at string) {
	got := do(t, request(t, "POST", at+"/orders", `{"items":[{"sku":"","quantity":0}]}`, "Content-Type", "application/json"))
	for _, want := range []string{"header.X-Tenant", "body.items[0].sku", "body.items[0].quantity"} {
		if got.status != 422 || !strings.Contains(got.body, want) {
			t.Errorf("%s is not in %+v", want, got)
		}
	}
}

func testChat(t *testing.T, at string) {
	for text, want := range map[string]string{
		"/shout a & b + c": "A & B + C", "/price espresso": "espresso costs 2.20 EUR.", "/price tulips": "There is no tulips.",
	} {
		command, rest, _ := strings.Cut(text, " ")
		now := strconv.FormatInt(time.Now().Unix(), 10)
		form := url.Values{"user_name": {"Ada"}, "command": {command}, "text": {rest}, "new_field": {"x"}}
		got := do(t, request(t, "POST", at+"/chat/command", form.Encode(), "Content-Type", "application/x-www-form-urlencoded",
			"X-Slack-Request-Timestamp", now, "X-Slack-Signature", signature(now, form.Encode())))
		if got.status != 200 || !strings.Contains(strings.ReplaceAll(got.body, `\u0026`, "&"), want) {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

// signature is the one that the shop's chat service gives.
func signature(timestamp, body string) string {
	mac := hmac.New(sha256.New, []byte("local-only"))
	mac.Write([]byte("v0:" + timestamp + ":" + body))
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

func testCatalogue(t *testing.T, at string) {
	if page := get(t, at+"/"); page.header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(page.body, "Flat white") {
		t.Errorf("page: %+v", page)
	}
	image := get(t, at+"/products/espresso/image.png")
	if got := http.DetectContentType([]byte(image.body)); got != "image/png" || image.header.Get("Content-Type") != got {
		t.Errorf("image: %s, %v", got, image.header)
	}
	if got := get(t, at+"/p/espresso"); got.status != 302 || got.header.Get("Location") != "/products/espresso" {
		t.Errorf("short link: %+v", got)
	}
	const cold = `{"currency":"EUR","products":[{"sku":"cold-brew","name":"Cold brew","cents":420,"tags":["coffee","cold"]}]}`
	if got := get(t, at+"/products?tag=coffee&tag=cold"); got.body != cold {
		t.Errorf("query: %+v", got)
	}
}

// testUnmatched: API Gateway answers for itself, and in another way in each product.
func testUnmatched(t *testing.T, at string, format awsevent.Format) {
	status, body := 404, `{"message":"Not Found"}`
	if format == awsevent.REST {
		status, body = 403, `{"message":"Missing Authentication Token"}`
	}
	for name, test := range map[string]struct{ method, path string }{
		"a path that nobody has": {"GET", "/nowhere"},
		"another method":         {"PUT", "/orders/o-1"},
		"a preflight":            {"OPTIONS", "/orders/o-1"},
		"HEAD of a GET":          {"HEAD", "/products"},
		"a path that is unclean": {"GET", "//products?tag=cold"},
		"an empty parameter":     {"GET", "/orders/"},
	} {
		got := do(t, request(t, test.method, at+test.path, "", "Origin", "https://a.example", "Access-Control-Request-Method", "DELETE"))
		if test.method == "HEAD" {
			got.body += body
		}
		if got.status != status || got.body != body || got.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func testTooLarge(t *testing.T, at string) {
	if got := do(t, request(t, "POST", at+"/orders", strings.Repeat("x", 10<<20+1))); got.status != 413 {
		t.Errorf("more than API Gateway takes: %d", got.status)
	}
	if got := do(t, request(t, "POST", at+"/orders", strings.Repeat("x", 7<<20))); got.status != 413 {
		t.Errorf("more than Lambda takes: %d", got.status)
	}
}
