package fntest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

type valuesInput struct {
	ID    string      `path:"id"`
	Age   *int        `query:"age"`
	Agree bool        `query:"agree"`
	Day   time.Time   `query:"day"`
	Name  string      `query:"name"`
	Since *time.Time  `header:"If-Modified-Since"`
	Prefs string      `cookie:"prefs"`
	At    time.Time   `json:"at"`
	Total json.Number `json:"total"`
	Text  string      `json:"text"`
}

type valuesForm struct {
	Age   *int      `form:"age"`
	Agree bool      `form:"agree"`
	Day   time.Time `form:"day"`
	Text  *string   `form:"text"`
}

type valuesOutput struct {
	Got   string      `json:"got"`
	Total json.Number `json:"total"`
	Any   any         `json:"any"`
}

func valuesApp() *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("values")
	app.Add(
		fn.New("values.read", func(_ context.Context, in valuesInput) (valuesOutput, error) {
			return valuesOutput{fmt.Sprintf("%q %v %v %d %q %v %q %d %q", in.ID, in.Age, in.Agree, in.Day.Unix(), in.Name, in.Since != nil, in.Prefs, in.At.Unix(), in.Text), in.Total, in.Total}, nil
		}, fn.Route("POST /values/{id}")),
		fn.New("values.form", func(_ context.Context, in valuesForm) (valuesOutput, error) {
			return valuesOutput{fmt.Sprintf("%v %v %d %v", in.Age, in.Agree, in.Day.Unix(), in.Text != nil), "1", nil}, nil
		}, fn.Route("POST /form")),
	)
	return app
}

// What clients of all kinds send is read alike on every host.
func TestValuesOnEveryHost(t *testing.T) {
	replaced := fntest.Hosts("lambda/rest-1.0", "lambda/rest-1.0/proxy", "lambda/http-1.0")
	fntest.Each(t, valuesApp(), func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Post("/values/x?name=%FF")); res.Status != 200 || !strings.Contains(string(res.Body), "\uFFFD") {
			t.Errorf("got %d %s, want U+FFFD", res.Status, res.Body)
		}
	}, replaced)
	const body = `{"at":"2024-02-29t00:00:00.0z","total":1.50,"text":"a"}`
	post := func(target string) fntest.Request {
		return fntest.Post(target).Body("application/json; charset=utf8", []byte(body))
	}
	form := func(text string) fntest.Request {
		return fntest.Post("/form").Body("application/x-www-form-urlencoded", []byte(text))
	}
	cut := "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na\r\n--b\r\nContent-Dis"
	for name, tt := range map[string]struct {
		req    fntest.Request
		status int
		body   string
	}{
		"empty values":       {post("/values/x?age=&agree=on&day=2024-02-29&name="), 200, `"x\" <nil> true 1709164800 \"\" false`},
		"foreign parameters": {post("/values/x?name=n&utm_content=a%3Bb&x=100%25"), 200, `\"n\" false`},
		"broken parameters":  {post("/values/x?name=n&utm_content=a;b&x=100%"), 200, `\"n\" false`},
		"broken and bound":   {post("/values/x?name=a;b"), 400, "query.name"},
		"JSON in a cookie":   {post("/values/x").Header("Cookie", `prefs={"theme":"dark"}`), 200, `{\\\"theme\\\":\\\"dark\\\"}`},
		"an HTTP date":       {post("/values/x").Header("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"), 200, "true"},
		"no date":            {post("/values/x").Header("If-Modified-Since", "yesterday"), 200, "false"},
		"a number":           {post("/values/x"), 200, `"total":1.50,"any":1.50`},
		"an empty form":      {form("age=&agree=on&day=&text="), 200, `<nil> true -62135596800 true`},
		"a cut form":         {fntest.Post("/form").Body("multipart/form-data; boundary=b", []byte(cut)), 400, "form"},
		"no boundary":        {fntest.Post("/form").Body("multipart/form-data", []byte(cut)), 400, "boundary"},
		"bytes in a query":   {post("/values/x?name=%FF"), 400, "query.name"},
		"bytes in a form":    {form("text=%FF"), 400, "form.text"},
		"bytes in JSON":      {fntest.Post("/values/x").Body("application/json", []byte("{\"text\":\"\xff\"}")), 400, "body"},
		"a lone surrogate":   {fntest.Post("/values/x").Body("application/json", []byte(`{"text":"\ud800"}`)), 400, "body"},
		"a comma in a time":  {fntest.Post("/values/x").Body("application/json", []byte(`{"at":"2024-02-29T00:00:00,5Z"}`)), 400, "body.at"},
		"NUL":                {post("/values/a%00b?name=%00"), 200, `a\\x00b`},
	} {
		var decoded []fntest.Option
		if strings.Contains(tt.req.String(), "%FF") || strings.Contains(tt.req.String(), ";") { // payload 1.0 has the query decoded
			decoded = append(decoded, fntest.Without("lambda/rest-1.0", "lambda/rest-1.0/proxy", "lambda/http-1.0"))
		}
		t.Run(name, func(t *testing.T) {
			fntest.Each(t, valuesApp(), func(t *testing.T, c *fntest.Client) {
				res := c.Do(tt.req)
				if res.Status != tt.status || !strings.Contains(string(res.Body), tt.body) {
					t.Errorf("got %d %s, want %d and %s", res.Status, res.Body, tt.status, tt.body)
				}
			}, decoded...)
			fntest.Same(t, valuesApp(), []fntest.Request{tt.req}, decoded...)
		})
	}
}
