package fn_test

import (
	"testing"

	"github.com/anygrain/anygrain/fn"
)

func TestAccepts(t *testing.T) {
	const problem, html = "application/problem+json", "text/html"
	for name, test := range map[string]struct {
		accept []string
		want   string
	}{
		"nothing":                        {nil, problem},
		"an empty field":                 {[]string{" "}, problem},
		"anything":                       {[]string{"*/*"}, problem},
		"a browser":                      {[]string{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, html},
		"one of them":                    {[]string{"text/html"}, html},
		"in capitals":                    {[]string{"TEXT/HTML"}, html},
		"neither":                        {[]string{"image/png"}, ""},
		"a range":                        {[]string{"text/*"}, html},
		"the more special one counts":    {[]string{"text/html;q=0.1, text/*;q=0.9, application/*;q=0.5"}, problem},
		"the weights decide":             {[]string{"text/html;q=0.4, application/problem+json;q=0.3"}, html},
		"the first of equals":            {[]string{"text/html;q=0.5, application/problem+json;q=0.5"}, problem},
		"not this one":                   {[]string{"application/problem+json;q=0, */*"}, html},
		"none at all":                    {[]string{"*/*;q=0"}, ""},
		"two lines":                      {[]string{"image/png", "text/html"}, html},
		"white space and a charset":      {[]string{" text/html ; charset=utf-8 ; q=0.7 , */* ; q=0.1"}, html},
		"a weight that is none":          {[]string{"text/html;q=much, application/*;q=0.1"}, problem},
		"a weight beyond bounds":         {[]string{"text/html;q=7, application/*;q=0.1"}, problem},
		"a weight that is no number":     {[]string{"text/html;q=NaN, application/*;q=0.1"}, problem},
		"a version of it":                {[]string{"text/html;level=1, application/*;q=0.1"}, problem},
		"what cannot be read is nothing": {[]string{";;,/,text,=, text/html"}, html},
	} {
		t.Run(name, func(t *testing.T) {
			req := &fn.Request{From: fn.InputFromSource(source{header: map[string][]string{"Accept": test.accept}})}
			if got := req.Accepts(problem, html); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got := (&fn.Request{Kind: fn.KindDirect}).Accepts(html); got != html {
		t.Errorf("without headers: got %q, want the first", got)
	}
}
