package fntest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

type ruledLine struct {
	A [39]string `json:"a"`
	B [2]int     `json:"b"`
}

type ruledIn struct {
	Limit  *int           `query:"limit" validate:"max=100"`
	Page   int            `query:"page" validate:"omitempty,min=1"`
	Sort   any            `json:"sort" validate:"oneof=asc desc"`
	Age    *int           `json:"age" validate:"required_without=Name,gte=18"`
	Name   string         `json:"name"`
	Active bool           `json:"active" validate:"required"`
	Lines  []ruledLine    `json:"lines" validate:"max=100,dive"`
	More   []ruledLine    `json:"more"`
	Extra  map[string]any `json:"extra" validate:"dive,min=2"`
}

// What rules say of a request is the same on every host, and never the server's fault.
func TestRulesOnEveryHost(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("ruled")
	app.Add(fn.New("ruled.post", func(context.Context, ruledIn) (struct{}, error) { return struct{}{}, nil }, fn.Route("POST /ruled")))
	many := "[" + strings.Repeat("{},", 300000) + "{}]"
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, test := range []struct {
			target, body string
			status       int
			want         string
		}{
			{"/ruled", `{"name":"Ada","active":true}`, 204, ""},
			{"/ruled?limit=101", `{"name":"Ada","active":true}`, 422, "query.limit"},
			{"/ruled", `{"active":true}`, 422, `"is required here"`},
			{"/ruled", `{"age":17,"active":true}`, 422, `"must be at least 18"`},
			{"/ruled", `{"name":"Ada","active":false}`, 422, `"must not be false"`},
			{"/ruled", `{"name":"Ada"}`, 422, `"is required"`},
			{"/ruled", `{"name":"Ada","active":true,"sort":true}`, 422, `"oneof"`},
			{"/ruled", `{"name":"Ada","active":true,"extra":{"a":true,"b":"ab","c":[]}}`, 422, `"body.extra.c"`},
			{"/ruled", `{"name":"Ada","active":true,"lines":` + many + `}`, 422, `"must have at most 100 items"`},
			{"/ruled", `{"name":"Ada","active":true,"lines":` + many[:len(many)-1] + `}`, 400, `"syntax"`},
			{"/ruled", `{"name":"Ada","active":true,"more":` + many + `}`, 413, `"must have shorter lists`},
		} {
			response := c.Do(fntest.Post(test.target).Body("application/json", []byte(test.body)))
			if response.Status != test.status || !strings.Contains(string(response.Body), test.want) {
				t.Errorf("%s %.80s is answered with %d %.300s", test.target, test.body, response.Status, response.Body)
			}
		}
	})
}
