package fntest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// portedInput has a field from elsewhere, which no spelling of a body may reach.
type portedInput struct {
	Tenant string `header:"X-Tenant" json:"tenant"`
	Name   string `json:"name"       validate:"required,max=5"`
	Limit  int    `json:"page_limit" validate:"max=50"           default:"10"`
	Lines  []struct {
		SKU string `json:"sku"`
	} `json:"lines"`
}

func sayPorted(_ context.Context, in portedInput) (string, error) {
	return fmt.Sprint("[", in.Tenant, "] ", in.Name, " ", in.Limit, " ", in.Lines), nil
}

// TestAllowLooseJSONReadsWhatAnExistingAPIRead, on demand.
func TestAllowLooseJSONReadsWhatAnExistingAPIRead(t *testing.T) {
	lenient := fn.NewApp[fn.NoConfig]("ported", fn.AllowLooseJSON())
	lenient.Add(fn.New("names.say", sayPorted, fn.Route("POST /say")))
	own := fn.NewApp[fn.NoConfig]("ported")
	own.Add(fn.New("names.say", sayPorted, fn.Route("POST /say"), fn.AllowLooseJSON()))
	strict := fn.NewApp[fn.NoConfig]("strict")
	strict.Add(fn.New("names.say", sayPorted, fn.Route("POST /say")))
	tests := map[string]struct {
		body   string
		want   string
		strict int
	}{
		"as it is declared":          {`{"name":"Ada","page_limit":3}`, "200 [t] Ada 3 []", 200},
		"an unknown member":          {`{"name":"Ada","nick":"a"}`, "200 [t] Ada 10 []", 400},
		"given twice":                {`{"name":"Bob","name":"Ada"}`, "200 [t] Ada 10 []", 400},
		"an unknown one twice":       {`{"name":"Ada","nick":1,"nick":2}`, "200 [t] Ada 10 []", 400},
		"in capitals":                {`{"NAME":"Ada","Page_Limit":7}`, "200 [t] Ada 7 []", 400},
		"the very name goes first":   {`{"name":"Ada","Nick":1}`, "200 [t] Ada 10 []", 400},
		"within a list":              {`{"name":"Ada","lines":[{"SKU":"x","sku":"y","more":1}]}`, "200 [t] Ada 10 [{y}]", 400},
		"a field of the header":      {`{"name":"Ada","tenant":"evil","Tenant":"evil","X-Tenant":"evil"}`, "200 [t] Ada 10 []", 400},
		"the rules hold":             {`{"NAME":"Ada","page_limit":51}`, "422 body.page_limit max", 400},
		"a type that is wrong":       {`{"Page_Limit":"many","name":"Ada","name":"Ada"}`, "400 body.page_limit type", 400},
		"the same of a required one": {`{"NA-ME":7}`, "400 body.name type", 400},
		"no JSON":                    {`{"name":"Ada"`, "400 body syntax", 400},
		"more than JSON":             {`{"name":"Ada"} {}`, "400 body syntax", 400},
		"text that is not in UTF-8":  {"{\"name\":\"J\xfc\"}", "400 body syntax", 400},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			request := fntest.Post("/say").Header("X-Tenant", "t").Body("application/json", []byte(test.body))
			for _, app := range []*fn.App[fn.NoConfig]{lenient, own} {
				fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
					got := c.Do(request)
					text := got.String()
					if p := got.Problem(); p != nil && len(p.Violations) == 1 {
						text = fmt.Sprint(got.Status, " ", p.Violations[0].Location, " ", p.Violations[0].Rule)
					}
					if text != test.want {
						t.Errorf("got %s, want %s", text, test.want)
					}
				})
			}
			fntest.Each(t, strict, func(t *testing.T, c *fntest.Client) {
				if got := c.Do(request); got.Status != test.strict {
					t.Errorf("strict: got %v, want %d", got, test.strict)
				}
			}, fntest.Hosts(fntest.Direct))
		})
	}
	fntest.Each(t, lenient, func(t *testing.T, c *fntest.Client) {
		got, err := c.InvokeJSON("names.say", map[string]any{"Name": "Ada", "TENANT": "t", "nick": 1})
		if err != nil || string(got) != `"[t] Ada 10 []"` {
			t.Errorf("direct: got %s, %v", got, err)
		}
	})
}
